package dev.taxon.serving.deployment;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * A node's line to the database, on a thread and a connection of its own: it beats, reads what changed, and holds the lease
 * by that (ADR 15). Notifications only make it look sooner.
 */
final class DeploymentFeed implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DeploymentFeed.class);
    private static final Duration BEAT = Duration.ofMillis(500);
    private static final Duration RECONNECT = Duration.ofMillis(200);
    private static final int MOST_CHANGES = 1_000;
    private static final int BEATS_A_CLEANING = 7_200;

    private final DataSource source;
    private final Node node;
    private final NodeWatch watch;
    private final DeployedAdapters deployed;
    private final Consumer<NodeRows.Change> applier;
    private final Thread thread = new Thread(this::run, "taxon-deployment-feed");
    private volatile boolean stopping;
    private long known;
    private long beats;

    DeploymentFeed(
            DataSource source,
            Node node,
            NodeWatch watch,
            DeployedAdapters deployed,
            Consumer<NodeRows.Change> applier) {
        this.source = source;
        this.node = node;
        this.watch = watch;
        this.deployed = deployed;
        this.applier = applier;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!stopping) {
            try (Connection connection = source.getConnection()) {
                listen(connection);
                follow(connection);
            } catch (SQLException | RuntimeException | Error failure) {
                LOG.warnf("The line to the database broke (%s); connecting again.", state(failure));
                pause();
            }
        }
    }

    private static String state(Throwable failure) {
        return failure instanceof SQLException sql
                ? String.valueOf(sql.getSQLState())
                : failure.getClass().getName();
    }

    private static void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN taxon_deployment");
        }
        connection.setAutoCommit(false);
    }

    private void follow(Connection connection) throws SQLException {
        PGConnection notices = connection.unwrap(PGConnection.class);
        while (!stopping) {
            boolean more = node.lease().held() ? read(connection) : beginAnew(connection);
            if (!more) {
                notices.getNotifications((int) BEAT.toMillis());
            }
        }
        NodeRows.remove(connection, node.id());
        connection.commit();
    }

    /** Beats and reads; true when there is more to read at once. */
    private boolean read(Connection connection) throws SQLException {
        Lease.Start now = node.lease().now();
        boolean there = NodeRows.beat(connection, node.id());
        List<NodeRows.Change> changes = NodeRows.changes(connection, known, MOST_CHANGES);
        watchOthers(connection);
        connection.commit();
        if (!there || !node.lease().held()) {
            node.lease().end();
            return true;
        }
        for (NodeRows.Change change : changes) {
            known = change.generation();
            applier.accept(change);
        }
        node.lease().renew(now);
        return changes.size() == MOST_CHANGES;
    }

    /**
     * Registers, and forgets what is in memory, which may be older than what others have seen this node answer by: after the
     * last change was read, so that whatever is read from then on is not older than that.
     */
    private boolean beginAnew(Connection connection) throws SQLException {
        NodeRows.register(connection, node.id());
        connection.commit();
        Lease.Start now = node.lease().now();
        known = NodeRows.lastChange(connection);
        boolean there = NodeRows.beat(connection, node.id()) && NodeRows.caughtUp(connection, node.id(), known);
        watchOthers(connection);
        connection.commit();
        if (there && node.lease().held(now)) {
            deployed.forgetAll();
            node.lease().renew(now);
        }
        return false;
    }

    private void watchOthers(Connection connection) throws SQLException {
        List<NodeRows.Beat> others = NodeRows.beats(connection);
        watch.saw(others);
        for (NodeRows.Beat gone : watch.gone(others)) {
            NodeRows.removeSilent(connection, gone);
        }
        if (++beats % BEATS_A_CLEANING == 0) {
            NodeRows.forgetChanges(connection);
        }
    }

    private void pause() {
        try {
            Thread.sleep(RECONNECT.toMillis());
        } catch (InterruptedException interrupted) {
            stopping = true;
        }
    }

    /** Gives up the lease, takes the node's row away and waits for both. */
    @Override
    public void close() {
        stopping = true;
        node.lease().end();
        try {
            thread.join(BEAT.multipliedBy(4).toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

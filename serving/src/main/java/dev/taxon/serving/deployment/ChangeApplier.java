package dev.taxon.serving.deployment;

import dev.taxon.serving.database.TenantTransactions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes this node answer by changes of deployments, and says so. Thread-safe. */
@Singleton
final class ChangeApplier {
    private static final Logger LOG = Logger.getLogger(ChangeApplier.class);
    private static final int THREADS = 4;
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** How long loading may hold a change up. */
    private static final Duration LOADING = Duration.ofSeconds(3);

    /** How long requests may hold a change up that were admitted before it. */
    private static final Duration ANSWERING = Duration.ofSeconds(2);

    private final Node node;
    private final TenantTransactions transactions;
    private final DeploymentRows rows;
    private final DeployedAdapters deployed;
    private final ServedVersions versions;
    private final Warming warming;
    /** By adapter, its last change that came. */
    private final ConcurrentMap<UUID, Last> last = new ConcurrentHashMap<>();

    private final ExecutorService appliers = Executors.newFixedThreadPool(THREADS, ChangeApplier::thread);
    private final ExecutorService loaders = Executors.newCachedThreadPool(ChangeApplier::thread);

    ChangeApplier(
            Node node,
            TenantTransactions transactions,
            DeploymentRows rows,
            DeployedAdapters deployed,
            ServedVersions versions,
            Warming warming) {
        this.node = node;
        this.transactions = transactions;
        this.rows = rows;
        this.deployed = deployed;
        this.versions = versions;
        this.warming = warming;
    }

    /** A change, and its end. */
    private record Last(long generation, CompletableFuture<Boolean> end) {}

    /**
     * Applies a change on another thread, trying again for as long as that may help. Changes of one adapter follow each
     * other: one that was long in loading must not put back what a later one has taken away. Of those that pile up the last
     * alone is applied, and acknowledged for all.
     */
    void apply(NodeRows.Change change) {
        Last own = last.compute(change.adapter(), (adapter, before) -> after(before, change));
        var unused = own.end().whenComplete((applied, failure) -> last.remove(change.adapter(), own));
    }

    private Last after(@Nullable Last before, NodeRows.Change change) {
        CompletableFuture<Boolean> earlier = before == null ? CompletableFuture.completedFuture(true) : before.end();
        return new Last(
                change.generation(),
                earlier.handleAsync((applied, failure) -> outdated(change) || applyPersistently(change), appliers));
    }

    private boolean outdated(NodeRows.Change change) {
        Last newest = last.get(change.adapter());
        return newest != null && newest.generation() > change.generation();
    }

    /** False where this server stopped before. */
    private boolean applyPersistently(NodeRows.Change change) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                applyNow(change);
                return true;
            } catch (RuntimeException failure) {
                LOG.warnf(
                        "Change %d of a deployment could not be applied (%s); trying again.",
                        change.generation(), failure.getClass().getSimpleName());
                pause();
            }
        }
        return false;
    }

    private void applyNow(NodeRows.Change change) {
        while (!appliedAsRead(change)) {
            LOG.debug("What a change left was read before this node began anew; reading it again.");
        }
        transactions.sql(change.tenant(), connection -> {
            NodeRows.acknowledge(connection, node.id(), change.adapter(), change.generation());
            return true;
        });
    }

    /** False when this node began anew meanwhile: then a later change may be gone, and only reading again tells. */
    private boolean appliedAsRead(NodeRows.Change change) {
        long forgettings = deployed.forgettings();
        Optional<DeploymentState> state = transactions.in(change.tenant(), () -> rows.find(change.adapter()));
        if (state.isEmpty()) {
            deployed.remove(change.tenant(), change.adapter(), ANSWERING);
            return true;
        }
        DeployedAdapter fresh = new DeployedAdapter(change.tenant(), state.get());
        loadWithinTime(fresh);
        return deployed.install(fresh, forgettings, ANSWERING);
    }

    private void loadWithinTime(DeployedAdapter adapter) {
        try {
            CompletableFuture.runAsync(() -> adapter.state().inUse().forEach(number -> load(adapter, number)), loaders)
                    .orTimeout(LOADING.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException | CancellationException failure) {
            // Calls of it will try again, and say why it cannot be.
            LOG.warnf("A version that is to answer could not be loaded ahead (%s).", cause(failure));
        }
    }

    private void load(DeployedAdapter adapter, int number) {
        warming.warm(adapter.version(number, wanted -> versions.prepare(adapter, wanted)));
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getClass().getSimpleName();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "taxon-deployments");
        thread.setDaemon(true);
        return thread;
    }

    @PreDestroy
    void stop() {
        appliers.shutdownNow();
        loaders.shutdownNow();
    }
}

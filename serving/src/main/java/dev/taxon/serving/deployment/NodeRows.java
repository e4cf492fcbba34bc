package dev.taxon.serving.deployment;

import dev.taxon.serving.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** What a node writes of itself and reads of others: rows that are no tenant's. */
final class NodeRows {
    private NodeRows() {}

    /** What others see of a node. */
    record Beat(UUID node, long beat) {}

    /** A change of a tenant's adapter. */
    record Change(UUID tenant, UUID adapter, long generation) {}

    static void register(Connection connection, UUID node) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO node (id, role) VALUES (?, 'api') ON CONFLICT (id) DO UPDATE SET beat = node.beat + 1",
                node);
    }

    /** False when somebody took the node for dead and its row away. */
    static boolean beat(Connection connection, UUID node) throws SQLException {
        return Sql.update(connection, "UPDATE node SET beat = beat + 1, heartbeat_at = now() WHERE id = ?", node) == 1;
    }

    /** The node has nothing in memory that is older than this. */
    static boolean caughtUp(Connection connection, UUID node, long generation) throws SQLException {
        return Sql.update(connection, "UPDATE node SET caught_up = ? WHERE id = ?", generation, node) == 1;
    }

    static void remove(Connection connection, UUID node) throws SQLException {
        Sql.update(connection, "DELETE FROM node WHERE id = ?", node);
    }

    /** Unless the node has beaten since. */
    static void removeSilent(Connection connection, Beat last) throws SQLException {
        Sql.update(connection, "DELETE FROM node WHERE id = ? AND beat = ?", last.node(), last.beat());
    }

    static List<Beat> beats(Connection connection) throws SQLException {
        return Sql.query(
                connection,
                "SELECT id, beat FROM node WHERE role = 'api'",
                row -> new Beat(row.getObject(1, UUID.class), row.getLong(2)));
    }

    static List<Change> changes(Connection connection, long known, int most) throws SQLException {
        return Sql.query(
                connection,
                "SELECT tenant_id, adapter_id, generation FROM deployment_changes(?, ?)",
                row -> new Change(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getLong(3)),
                known,
                most);
    }

    static long lastChange(Connection connection) throws SQLException {
        return Sql.first(connection, "SELECT last_deployment_change()", row -> row.getLong(1))
                .orElseThrow();
    }

    static void forgetChanges(Connection connection) throws SQLException {
        Sql.query(connection, "SELECT forget_deployment_changes()", row -> true);
    }

    static void acknowledge(Connection connection, UUID node, UUID adapter, long generation) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO deployment_acknowledgement (node_id, adapter_id, generation) VALUES (?, ?, ?)"
                        + " ON CONFLICT (node_id, adapter_id) DO UPDATE"
                        + " SET generation = greatest(deployment_acknowledgement.generation, excluded.generation)",
                node,
                adapter,
                generation);
    }

    /** The api nodes of which it is not known that they answer by this generation of the adapter or a later one. */
    static List<Beat> behind(Connection connection, UUID adapter, long generation) throws SQLException {
        return Sql.query(
                connection,
                "SELECT n.id, n.beat FROM node n LEFT JOIN deployment_acknowledgement a"
                        + " ON a.node_id = n.id AND a.adapter_id = ? WHERE n.role = 'api' AND n.caught_up < ?"
                        + " AND coalesce(a.generation, 0) < ?",
                row -> new Beat(row.getObject(1, UUID.class), row.getLong(2)),
                adapter,
                generation,
                generation);
    }
}

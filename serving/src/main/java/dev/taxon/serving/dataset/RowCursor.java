package dev.taxon.serving.dataset;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Reads a version's rows in the order of its file, a few in memory at a time however many there are. */
final class RowCursor {
    /** A row may be a million characters long. */
    private static final int ROWS_IN_MEMORY = 20;

    private static final int DATASET = 6;

    private static final String SELECT = "SELECT v.position, r.id, r.text, r.true_labels, r.all_labels, r.dataset_id"
            + " FROM dataset_version_row v JOIN dataset_row r ON r.id = v.row_id"
            + " WHERE v.version_id = ? AND v.position > ? ORDER BY v.position LIMIT ?";

    private RowCursor() {}

    /** Takes rows, one at a time. */
    @FunctionalInterface
    interface Taker {
        /** Takes a row; false for no more of them. */
        boolean take(StoredRow row);
    }

    /** Hands out up to {@code most} rows after a position, on a connection that is in a transaction. */
    static void read(Connection connection, UUID version, long after, int most, Taker taker) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setFetchSize(ROWS_IN_MEMORY);
            statement.setObject(1, version);
            statement.setLong(2, after);
            statement.setInt(3, most);
            try (ResultSet rows = statement.executeQuery()) {
                hand(rows, taker);
            }
        }
    }

    private static void hand(ResultSet rows, Taker taker) throws SQLException {
        boolean more = rows.next();
        if (more) {
            RowIds ids = RowIds.of(rows.getObject(DATASET, UUID.class));
            while (more) {
                more = taker.take(StoredRow.read(rows, ids)) && rows.next();
            }
        }
    }
}

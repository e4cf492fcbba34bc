package dev.taxon.serving.queue;

import dev.taxon.serving.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Rows of {@code job_checkpoint_chunk}. */
final class CheckpointTable {
    private static final String NEXT = "UPDATE job SET checkpoint = checkpoint + 1 WHERE id = ? RETURNING checkpoint";
    private static final String KEEP = "UPDATE job_checkpoint_chunk SET checkpoint = ?"
            + " WHERE job_id = ? AND checkpoint < ? AND file = ? AND position = ? AND digest = ?";
    private static final String ADD =
            "INSERT INTO job_checkpoint_chunk (job_id, checkpoint, file, position, digest, data)"
                    + " VALUES (?, ?, ?, ?, ?, ?)";
    private static final String FORGET = "DELETE FROM job_checkpoint_chunk WHERE job_id = ? AND checkpoint < ?";
    private static final String REACHED =
            "UPDATE job SET fruitless = CASE WHEN coalesce(checkpoint_step, -1) < ? THEN 0"
                    + " ELSE fruitless END, checkpoint_step = greatest(checkpoint_step, ?) WHERE id = ?";

    private static final String PLACES = "SELECT file, position FROM job_checkpoint_chunk WHERE job_id = ?"
            + " AND checkpoint = (SELECT checkpoint FROM job WHERE id = ?) ORDER BY file, position";
    private static final String DATA = "SELECT data FROM job_checkpoint_chunk WHERE job_id = ?"
            + " AND checkpoint = (SELECT checkpoint FROM job WHERE id = ?) AND file = ? AND position = ?";

    private CheckpointTable() {}

    /** Where a piece belongs. */
    record PieceOfFile(String file, int position) {}

    /** The pieces of the last checkpoint, those of a file in order. */
    static List<PieceOfFile> pieces(Connection connection, UUID job) throws SQLException {
        return Sql.query(connection, PLACES, row -> new PieceOfFile(row.getString(1), row.getInt(2)), job, job);
    }

    static byte[] data(Connection connection, UUID job, PieceOfFile piece) throws SQLException {
        return Sql.first(connection, DATA, row -> row.getBytes(1), job, job, piece.file(), piece.position())
                .orElseThrow();
    }

    /** The number that the next checkpoint stands under. */
    static long next(Connection connection, UUID job) throws SQLException {
        return Sql.first(connection, NEXT, row -> row.getLong(1), job).orElseThrow();
    }

    /** Writes a piece of a file, unless the checkpoint before has it, too. */
    static void add(Connection connection, UUID job, long checkpoint, String file, int position, Chunk chunk)
            throws SQLException {
        int kept = Sql.update(connection, KEEP, checkpoint, job, checkpoint, file, position, chunk.digest());
        if (kept == 0) {
            Sql.update(connection, ADD, job, checkpoint, file, position, chunk.digest(), chunk.data());
        }
    }

    /** The checkpoint is whole: those before it go, and attempts count anew where it is further than they were. */
    static void complete(Connection connection, UUID job, long checkpoint, long step) throws SQLException {
        Sql.update(connection, FORGET, job, checkpoint);
        reached(connection, job, step);
    }

    /** The job is so far, and begins there the next time; attempts count anew where that is further than it was. */
    static void reached(Connection connection, UUID job, long step) throws SQLException {
        Sql.update(connection, REACHED, step, step, job);
    }

    /** A job that has ended needs none. */
    static void clear(Connection connection, UUID job) throws SQLException {
        Sql.update(connection, "DELETE FROM job_checkpoint_chunk WHERE job_id = ?", job);
    }
}

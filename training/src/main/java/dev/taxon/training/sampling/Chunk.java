package dev.taxon.training.sampling;

import java.util.ArrayList;
import java.util.List;

/** Rows of like length: of one set while chunks are cut, of a few once they are joined into a batch. */
final class Chunk {
    private final List<PlannedRow> rows = new ArrayList<>();
    private int longest;
    private int labels;

    /**
     * True when the rows of both fit together. Rows with labels of their own, often whole sentences, keep to themselves:
     * all labels of a batch are padded to the longest.
     */
    boolean fits(Chunk other, int tokenBudget, int maxRows) {
        int together = rows.size() + other.rows.size();
        int padded = together * Math.max(longest, other.longest) + labels + other.labels;
        boolean alike = (labels > 0) == (other.labels > 0);
        return rows.isEmpty() || (alike && together <= maxRows && padded <= tokenBudget);
    }

    void add(Chunk other) {
        rows.addAll(other.rows);
        longest = Math.max(longest, other.longest);
        labels += other.labels;
    }

    static Chunk of(PlannedRow row) {
        Chunk chunk = new Chunk();
        chunk.rows.add(row);
        chunk.longest = row.length();
        chunk.labels = row.labels();
        return chunk;
    }

    List<PlannedRow> rows() {
        return rows;
    }

    int longest() {
        return longest;
    }
}

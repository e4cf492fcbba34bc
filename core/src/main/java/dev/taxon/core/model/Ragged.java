package dev.taxon.core.model;

import java.util.Arrays;
import java.util.List;

/** Values [M] of all rows, one row's after another's, cut into rows. */
public final class Ragged {
    private Ragged() {}

    /**
     * The values of each row, in the order in which the rows were given.
     *
     * @param values those of the rows as they were packed
     * @param counts how many values each row has, in the order in which the rows were given
     * @param order the given row that stands at each place of the packing
     */
    public static List<float[]> rows(float[] values, int[] counts, int[] order) {
        float[][] rows = new float[counts.length][];
        int start = 0;
        for (int row : order) {
            rows[row] = Arrays.copyOfRange(values, start, start + counts[row]);
            start += counts[row];
        }
        return List.of(rows);
    }
}

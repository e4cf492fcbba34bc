package dev.taxon.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ragged rows [rows][labels of the row] laid into a rectangle, and back. */
final class LabelGrid {
    private final int[] counts;
    private final int width;

    LabelGrid(int[] counts) {
        this.counts = counts.clone();
        this.width = Arrays.stream(counts).max().orElse(0);
    }

    int rows() {
        return counts.length;
    }

    int width() {
        return width;
    }

    long[] counts() {
        return Arrays.stream(counts).asLongStream().toArray();
    }

    int cell(int row, int position) {
        return row * width + position;
    }

    /** Cuts a rectangle [rows, width] into rows of their own lengths. */
    List<float[]> ragged(float[] rectangle) {
        List<float[]> rows = new ArrayList<>(counts.length);
        for (int row = 0; row < counts.length; row++) {
            rows.add(Arrays.copyOfRange(rectangle, cell(row, 0), cell(row, counts[row])));
        }
        return rows;
    }
}

package dev.taxon.core.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The order of rows that have adapters. Rows of one adapter that follow one another, a run, share its products: a row of 57
 * tokens then takes half of what it takes beside rows of other adapters. But rows of one length share an attention call, and
 * those of a run share none with others; so there is a run of four rows or more, and of fewer where it costs at most one call
 * more for two of its rows.
 */
public final class AdapterRuns {
    private static final int NONE = 0;
    private static final int BY_ITSELF = 1;
    private static final int ENOUGH_ROWS = 4;
    private static final int ROWS_FOR_A_CALL = 2;

    private final int[] runs;

    private AdapterRuns(int[] runs) {
        this.runs = runs;
    }

    /** All rows in the order of their lengths, as where none has an adapter. */
    public static AdapterRuns none(int rows) {
        return new AdapterRuns(new int[rows]);
    }

    /**
     * The runs of some rows.
     *
     * @param adapters digest of each row's adapter; empty for none
     * @param lengths tokens of each row
     */
    public static AdapterRuns of(List<String> adapters, int[] lengths) {
        Map<String, List<Integer>> rowsOfAdapters = new LinkedHashMap<>();
        for (int row = 0; row < lengths.length; row++) {
            if (!adapters.get(row).isEmpty()) {
                rowsOfAdapters
                        .computeIfAbsent(adapters.get(row), first -> new ArrayList<>())
                        .add(row);
            }
        }
        int[] runs = new int[lengths.length];
        Map<Integer, Integer> all = rowsByLength(IntStream.of(lengths));
        int last = BY_ITSELF;
        for (List<Integer> rows : rowsOfAdapters.values()) {
            int run = pays(rows, lengths, all) ? ++last : BY_ITSELF;
            rows.forEach(row -> runs[row] = run);
        }
        return new AdapterRuns(runs);
    }

    private static boolean pays(List<Integer> rows, int[] lengths, Map<Integer, Integer> all) {
        if (rows.size() >= ENOUGH_ROWS) {
            return true;
        }
        Map<Integer, Integer> own = rowsByLength(rows.stream().mapToInt(row -> lengths[row]));
        long shared = own.entrySet().stream()
                .filter(length -> all.getOrDefault(length.getKey(), 0) > length.getValue())
                .count();
        return rows.size() > 1 && ROWS_FOR_A_CALL * shared <= rows.size();
    }

    private static Map<Integer, Integer> rowsByLength(IntStream lengths) {
        Map<Integer, Integer> rows = new LinkedHashMap<>();
        lengths.forEach(length -> rows.merge(length, 1, Integer::sum));
        return rows;
    }

    /**
     * Where a row belongs in the order: first all rows without an adapter, then those whose adapter has no run, then run by
     * run. Rows of one number are in the order of their lengths.
     */
    public int place(int row) {
        return runs[row];
    }

    /** Whether the row is one of a run. */
    public boolean shares(int row) {
        return runs[row] > BY_ITSELF;
    }

    @Override
    public String toString() {
        return "AdapterRuns" + Arrays.toString(runs);
    }
}

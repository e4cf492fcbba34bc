package dev.taxon.core.batch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of rows that have adapters. Rows of one adapter that follow one another, a run, share its products, which pays
 * from four rows on; fewer take less time with rows of other adapters, unless there are none.
 *
 * <p>Immutable and thread-safe.
 */
public final class AdapterRuns {
    private static final int NO_ADAPTER = 0;
    private static final int NO_RUN = 1;
    private static final int ENOUGH_ROWS = 4;

    private final int[] places;

    private AdapterRuns(int[] places) {
        this.places = places;
    }

    /** The order of so many rows of which none has an adapter. */
    public static AdapterRuns none(int rows) {
        return new AdapterRuns(new int[rows]);
    }

    /**
     * The order of some rows.
     *
     * @param adapters digest of each row's adapter; empty for none
     */
    public static AdapterRuns of(List<String> adapters) {
        return of(adapters, true);
    }

    /**
     * The same.
     *
     * @param besideOthers whether rows of one adapter are a run where other adapters are, too
     */
    public static AdapterRuns of(List<String> adapters, boolean besideOthers) {
        Map<String, Integer> rows = new LinkedHashMap<>();
        adapters.stream()
                .filter(adapter -> !adapter.isEmpty())
                .forEach(adapter -> rows.merge(adapter, 1, Integer::sum));
        Map<String, Integer> placeOf = new LinkedHashMap<>();
        int last = NO_RUN;
        for (Map.Entry<String, Integer> adapter : rows.entrySet()) {
            boolean run = rows.size() == 1 || besideOthers && adapter.getValue() >= ENOUGH_ROWS;
            placeOf.put(adapter.getKey(), run ? ++last : NO_RUN);
        }
        return new AdapterRuns(adapters.stream()
                .mapToInt(adapter -> placeOf.getOrDefault(adapter, NO_ADAPTER))
                .toArray());
    }

    /**
     * Where a row belongs: rows without an adapter first, then those that are in no run, then run by run. Rows of one place
     * are in the order of their lengths.
     */
    public int place(int row) {
        return places[row];
    }

    /** Whether the row is one of a run. */
    public boolean shares(int row) {
        return places[row] > NO_RUN;
    }

    /** Whether the row has an adapter. */
    public boolean adapts(int row) {
        return places[row] > NO_ADAPTER;
    }

    @Override
    public String toString() {
        return "AdapterRuns" + Arrays.toString(places);
    }
}

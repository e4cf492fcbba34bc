package dev.taxon.core.model;

import ai.djl.Device;
import dev.taxon.core.batch.AdapterRuns;
import java.util.List;

/**
 * Which rows of a batch run their adapters together, by what a device is short of (docs/adr/0008).
 *
 * @param mostRows of one group that is no run
 * @param mostPadding tokens of a rectangle for each token that is one
 * @param mostStacked ranks of a rectangle's rows, whose matrices are copied into one stack a layer: a bound of its bytes
 * @param longRow tokens from which on a row shares no group
 * @param smallRank the rank up to which adapters are joined; 0 for none
 * @param mostJoined ranks of all adapters that are joined
 * @param runsBesideOthers whether rows of one adapter are a run where the batch has other adapters, too
 */
record GroupRules(
        int mostRows,
        double mostPadding,
        int mostStacked,
        int longRow,
        int smallRank,
        int mostJoined,
        boolean runsBesideOthers) {
    private static final int STACKED = 4096;

    /**
     * A CPU computes what is padding, so that rectangles are of rows of like length. Small adapters and long rows run in
     * place, which copies nothing; from which length on is an estimate.
     */
    static final GroupRules OF_CPU = new GroupRules(32, 1.5, STACKED, 192, 8, 32, true);

    /**
     * A GPU takes its time for each operation whatever its size: few groups, of however many rows. That runs do not pay
     * beside others is an estimate: only rows with an adapter each were measured.
     */
    static final GroupRules OF_GPU = new GroupRules(256, 2, STACKED, Integer.MAX_VALUE, 0, 0, false);

    static GroupRules on(Device device) {
        return device.isGpu() ? OF_GPU : OF_CPU;
    }

    /** The order of rows by the digests of their adapters. */
    AdapterRuns runs(List<String> adapters) {
        return AdapterRuns.of(adapters, runsBesideOthers);
    }
}

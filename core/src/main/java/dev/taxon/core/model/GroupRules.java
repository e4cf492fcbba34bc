package dev.taxon.core.model;

import ai.djl.Device;

/**
 * Which rows of a batch run their adapters together, by what a device is short of. A CPU computes what is padding, so that
 * rectangles are of rows of like length, and small adapters and long rows run in place. A GPU takes its time for each
 * operation whatever its size (docs/benchmarks/README.md, "On a GPU"): few groups, of however many rows.
 *
 * @param mostRows of one rectangle, or joined
 * @param mostPadding tokens of a rectangle for each token that is one
 * @param longRow tokens from which on a row shares no rectangle
 * @param smallRank the rank up to which adapters are joined; 0 for none
 * @param mostRanks of all adapters that are joined
 * @param runsBesideOthers whether rows of one adapter are a run where the batch has other adapters, too
 */
record GroupRules(
        int mostRows, double mostPadding, int longRow, int smallRank, int mostRanks, boolean runsBesideOthers) {
    /** Long rows are an estimate: their products in place take less time than a share in a rectangle, which is copied. */
    static final GroupRules OF_CPU = new GroupRules(32, 1.5, 192, 8, 32, true);

    static final GroupRules OF_GPU = new GroupRules(256, 2, Integer.MAX_VALUE, 0, 0, false);

    static GroupRules on(Device device) {
        return device.isGpu() ? OF_GPU : OF_CPU;
    }
}

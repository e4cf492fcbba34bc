package dev.taxon.serving.dataset;

import dev.taxon.serving.config.LimitSettings;

/**
 * How much a file may hold, whatever its own size: packed columns may unpack to far more.
 *
 * @param rows the most rows
 * @param textBytes the most bytes of all texts together, in UTF-8
 */
record ImportLimits(long rows, long textBytes) {

    static ImportLimits of(LimitSettings settings) {
        return new ImportLimits(settings.datasetRows(), settings.datasetBytes());
    }
}

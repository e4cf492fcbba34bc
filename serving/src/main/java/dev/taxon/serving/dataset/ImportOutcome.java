package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.Problem;

/** What came of reading a file in. */
public sealed interface ImportOutcome {

    /** The version can be used. */
    record Ready(long rows) implements ImportOutcome {}

    /**
     * The version cannot be used, for good.
     *
     * @param problem what is wrong, at which line, and what to do
     */
    record Refused(Problem problem) implements ImportOutcome {}
}

package dev.taxon.serving.worker;

import dev.taxon.serving.adapter.AdapterVersionInfo;
import java.util.Optional;

/**
 * The version that is trained again.
 *
 * @param answers to the rows that it did not learn from, where they were kept
 */
record Predecessor(AdapterVersionInfo version, Optional<KeptAnswers> answers) {

    /** As its owner calls it, {@code support@3}. */
    String name() {
        return version.reference().toString();
    }
}

package dev.taxon.serving.worker;

import dev.taxon.core.Mode;
import dev.taxon.training.adapter.AdapterResult;
import dev.taxon.training.data.Example;
import java.util.List;
import java.util.Optional;

/**
 * A version that was trained and is to be published.
 *
 * @param rows the data that it learned from
 */
record Successor(AdapterResult result, List<Example> rows, Mode mode) {

    Optional<KeptAnswers> answers() {
        return KeptAnswers.of(result.report(), rows);
    }
}

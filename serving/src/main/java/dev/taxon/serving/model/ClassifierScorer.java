package dev.taxon.serving.model;

import dev.taxon.core.Classification;
import dev.taxon.core.Classifier;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.serving.batching.Scorer;
import java.util.List;

/** Scores batches with a classifier, which whoever opened it closes. Thread-safe. */
record ClassifierScorer(Classifier classifier) implements Scorer {
    @Override
    public List<Classification> score(List<EncodedInput> batch) {
        return classifier.score(batch);
    }

    @Override
    public int lanes() {
        return classifier.lanes();
    }
}

package dev.taxon.serving.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.Classification;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.torch.Precision;
import dev.taxon.serving.batching.Scorer;
import dev.taxon.serving.fixture.HashClassifier;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClassifierScorerTest {
    private final Classifier classifier = new OnThreeLanes();
    private final Scorer scorer = new ClassifierScorer(classifier);

    @Test
    void computesAsManyRowsSideBySideAsItsClassifier() {
        assertThat(scorer.lanes()).isEqualTo(3);
    }

    @Test
    void scoresAsItsClassifierDoes() {
        List<ClassificationInput> inputs = List.of(
                ClassificationInput.of("my parcel is late", List.of("billing", "delivery")),
                ClassificationInput.of("my bill is wrong", List.of("billing", "delivery")));
        assertThat(scorer.score(inputs.stream().map(classifier::encode).toList()))
                .isEqualTo(classifier.classify(inputs));
    }

    /** A classifier without a model on a device that computes three rows side by side. */
    private static final class OnThreeLanes implements Classifier {
        private final Classifier classifier = new HashClassifier();

        @Override
        public int lanes() {
            return 3;
        }

        @Override
        public String name() {
            return classifier.name();
        }

        @Override
        public Precision precision() {
            return classifier.precision();
        }

        @Override
        public Adapter readAdapter(Path folder) {
            return classifier.readAdapter(folder);
        }

        @Override
        public EncodedInput encode(ClassificationInput input) {
            return classifier.encode(input);
        }

        @Override
        public List<Classification> score(List<EncodedInput> batch) {
            return classifier.score(batch);
        }

        @Override
        public List<Classification> classify(List<ClassificationInput> inputs) {
            return classifier.classify(inputs);
        }

        @Override
        public void close() {
            classifier.close();
        }
    }
}

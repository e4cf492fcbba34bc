package dev.taxon.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.Classification.Scored;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.checkpoint.Checkpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuiltInModelsTest {
    private static final Map<String, List<String>> TOPICS = Map.of(
            "sport", List.of("The goalkeeper saved a penalty in extra time.", "She won the marathon in record time."),
            "politics",
                    List.of("Parliament passed the new tax bill last night.", "The senator will run for president."),
            "cooking", List.of("Simmer the sauce for an hour and add basil.", "Fold the egg whites into the batter."));

    private static final Map<String, List<String>> REQUESTS = Map.of(
            "billing", List.of("I was charged twice for the same order."),
            "delivery", List.of("My parcel has not arrived yet."),
            "account access", List.of("I forgot my password and cannot log in."));

    private static final Map<String, List<String>> OPINIONS = Map.of(
            "positive", List.of("I loved every minute of this film."),
            "negative", List.of("The food was cold and the service was terrible."));

    @Test
    void taxonSmallSortsPlainSentences() {
        try (Checkpoint checkpoint = BuiltInModels.taxonSmall();
                Classifier classifier = Classifiers.open(checkpoint, EngineOptions.defaults())) {
            assertThat(classifier.name()).isEqualTo("taxon-small");
            for (Map<String, List<String>> task : List.of(TOPICS, REQUESTS, OPINIONS)) {
                task.forEach((label, texts) ->
                        texts.forEach(text -> assertThat(best(classifier, text, List.copyOf(task.keySet())))
                                .as(text)
                                .isEqualTo(label)));
            }
        }
    }

    private static String best(Classifier classifier, String text, List<String> labels) {
        Scored scored = (Scored) classifier
                .classify(List.of(ClassificationInput.of(text, labels)))
                .get(0);
        return scored.predictions().get(0).label();
    }
}

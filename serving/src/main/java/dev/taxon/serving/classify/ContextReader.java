package dev.taxon.serving.classify;

import dev.taxon.core.Example;
import dev.taxon.core.RetrievedExample;
import dev.taxon.core.TaskContext;
import dev.taxon.sdk.wire.ClassifyInput;
import java.util.ArrayList;
import java.util.List;

/** Validates what a model is to read beside labels and text; every refusal names its place and quotes nothing. */
final class ContextReader {
    private ContextReader() {}

    static TaskContext read(Place place, ClassifyInput input) {
        String prompt = input.prompt() == null ? "" : input.prompt();
        Characters.check(place.field("prompt"), prompt);
        return new TaskContext(
                prompt, examples(place.field("examples"), input), retrieved(place.field("retrieved_examples"), input));
    }

    private static List<Example> examples(Place place, ClassifyInput input) {
        List<Example> examples = new ArrayList<>();
        List<dev.taxon.sdk.wire.Example> given = input.examples() == null ? List.of() : input.examples();
        for (dev.taxon.sdk.wire.Example example : given) {
            Place own = place.item(examples.size());
            Characters.check(own.field("text"), example.text());
            checkAll(own.field("labels"), example.labels());
            examples.add(new Example(example.text(), example.labels()));
        }
        return examples;
    }

    private static List<RetrievedExample> retrieved(Place place, ClassifyInput input) {
        List<RetrievedExample> examples = new ArrayList<>();
        List<dev.taxon.sdk.wire.RetrievedExample> given =
                input.retrievedExamples() == null ? List.of() : input.retrievedExamples();
        for (dev.taxon.sdk.wire.RetrievedExample example : given) {
            Place own = place.item(examples.size());
            Characters.check(own.field("text"), example.text());
            checkAll(own.field("true_labels"), example.trueLabels());
            checkAll(own.field("false_labels"), example.falseLabels());
            examples.add(new RetrievedExample(example.text(), example.trueLabels(), example.falseLabels()));
        }
        return examples;
    }

    private static void checkAll(Place place, List<String> labels) {
        for (int i = 0; i < labels.size(); i++) {
            Characters.check(place.item(i), labels.get(i));
        }
    }
}

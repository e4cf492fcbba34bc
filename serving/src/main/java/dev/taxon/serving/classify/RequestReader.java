package dev.taxon.serving.classify;

import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.ClassifyRequest;
import dev.taxon.serving.config.LimitSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns a request into tasks, all of them or none: the first fault found refuses the whole, and says where it is. */
final class RequestReader {
    private final LimitSettings limits;
    private final OptionsReader options;

    RequestReader(LimitSettings limits) {
        this.limits = limits;
        this.options = new OptionsReader(limits);
    }

    /** How many texts a request seems to have, whether or not it is valid. */
    static int count(ClassifyRequest request) {
        return Stream.of(Optional.ofNullable(request.inputs()), Optional.ofNullable(request.texts()))
                .flatMap(Optional::stream)
                .mapToInt(List::size)
                .sum();
    }

    /** The tasks of a request, whose adapters are admitted. */
    List<Task> read(ClassifyRequest request, RequestAdapters adapters) {
        if (request.inputs() != null && request.texts() != null) {
            throw Place.ROOT.field("texts").invalid("Send either inputs or texts, not both.");
        }
        if (request.inputs() != null) {
            refuseShared(request);
            return inputs(request.inputs(), adapters);
        }
        if (request.texts() != null) {
            return texts(request.texts(), request, adapters);
        }
        throw Place.ROOT.invalid("Both inputs and texts are missing. Send one of them.");
    }

    private List<Task> inputs(List<ClassifyInput> inputs, RequestAdapters adapters) {
        Place list = Place.ROOT.field("inputs");
        checkCount(list, inputs.size());
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Place place = list.item(i);
            ClassifyInput input = inputs.get(i);
            String text = text(place.field("text"), input.text());
            tasks.add(new Task(input.id(), place.field("text"), text, options.read(place, input, adapters)));
        }
        return tasks;
    }

    private List<Task> texts(List<String> texts, ClassifyRequest request, RequestAdapters adapters) {
        Place list = Place.ROOT.field("texts");
        checkCount(list, texts.size());
        Options shared = options.read(Place.ROOT, request.expand().get(0), adapters);
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            tasks.add(new Task(null, list.item(i), text(list.item(i), texts.get(i)), shared));
        }
        return tasks;
    }

    private void checkCount(Place place, int count) {
        if (count < 1 || count > limits.texts()) {
            throw place.invalid("There are " + count + " texts. Send 1 to " + limits.texts() + ".");
        }
    }

    private String text(Place place, @Nullable String text) {
        if (text == null) {
            throw place.invalid("The text is missing.");
        }
        if (text.isBlank()) {
            throw place.invalid("The text is empty. There is nothing to classify.");
        }
        // Only a string of more code units than allowed can have more characters than allowed.
        if (text.length() > limits.textCharacters()
                && text.codePointCount(0, text.length()) > limits.textCharacters()) {
            throw place.invalid("The text exceeds " + limits.textCharacters() + " characters. Split it.");
        }
        Characters.check(place, text);
        return text;
    }

    /** Beside {@code inputs} each input says everything for itself; a shared field there would be overlooked. */
    private static void refuseShared(ClassifyRequest request) {
        Map<String, @Nullable Object> shared = new LinkedHashMap<>();
        shared.put("labels", request.labels());
        shared.put("mode", request.mode());
        shared.put("threshold", request.threshold());
        shared.put("prompt", request.prompt());
        shared.put("examples", request.examples());
        shared.put("retrieved_examples", request.retrievedExamples());
        shared.put("adapter", request.adapter());
        shared.put("top_k", request.topK());
        shared.put("on_long", request.onLong());
        shared.put("max_length", request.maxLength());
        shared.put("hierarchical", request.hierarchical());
        shared.forEach((field, value) -> {
            if (value != null) {
                throw Place.ROOT
                        .field(field)
                        .invalid("This field is shared by texts. Beside inputs, put it into each.");
            }
        });
    }
}

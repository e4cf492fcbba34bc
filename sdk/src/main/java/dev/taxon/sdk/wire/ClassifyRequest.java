package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/classify}: either {@code inputs}, or {@code texts} with the other fields shared by all.
 * Any mixture is representable; the server refuses what is neither.
 *
 * @param inputs inputs that each say everything for themselves
 * @param texts texts that share the other fields
 * @param labels the labels to choose from; the adapter's own where absent
 * @param mode whether labels exclude each other; the adapter's own, or single-label, where absent
 * @param threshold the least score at which a label counts as predicted
 * @param prompt words on the task, put before the text
 * @param examples worked examples shown beside the text
 * @param retrievedExamples examples in the older, retrieval-augmented form
 * @param adapter {@code support} (the active version) or {@code support@3} (pinned)
 * @param topK how many scores to answer with; all where absent
 * @param onLong what to do with a text that does not fit
 * @param maxLength the most tokens of one sequence; 1,024 where absent
 * @param hierarchical whether the result also carries the scores as a tree
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClassifyRequest(
        @Nullable List<ClassifyInput> inputs,
        @Nullable List<String> texts,
        @Nullable LabelSet labels,
        @Nullable Mode mode,
        @Nullable Double threshold,
        @Nullable String prompt,
        @Nullable List<Example> examples,
        @Nullable List<RetrievedExample> retrievedExamples,
        @Nullable String adapter,
        @Nullable Integer topK,
        @Nullable OnLong onLong,
        @Nullable Integer maxLength,
        @Nullable Boolean hierarchical) {

    public ClassifyRequest {
        inputs = inputs == null ? null : List.copyOf(inputs);
        texts = texts == null ? null : List.copyOf(texts);
        examples = examples == null ? null : List.copyOf(examples);
        retrievedExamples = retrievedExamples == null ? null : List.copyOf(retrievedExamples);
    }

    /** A request of inputs that each say everything for themselves. */
    public static ClassifyRequest of(List<ClassifyInput> inputs) {
        return new ClassifyRequest(inputs, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** A request of inputs that each say everything for themselves. */
    public static ClassifyRequest of(ClassifyInput... inputs) {
        return of(List.of(inputs));
    }

    /**
     * A request of texts with the same labels and options.
     *
     * @param shared the fields that all texts share; its text and id are not sent
     */
    public static ClassifyRequest ofTexts(List<String> texts, ClassifyInput shared) {
        return new ClassifyRequest(
                null,
                texts,
                shared.labels(),
                shared.mode(),
                shared.threshold(),
                shared.prompt(),
                shared.examples(),
                shared.retrievedExamples(),
                shared.adapter(),
                shared.topK(),
                shared.onLong(),
                shared.maxLength(),
                shared.hierarchical());
    }

    /** The same request as one input a text, whichever form it was written in. */
    public List<ClassifyInput> expand() {
        if (inputs != null) {
            return inputs;
        }
        return texts == null ? List.of() : texts.stream().map(this::input).toList();
    }

    private ClassifyInput input(String text) {
        return new ClassifyInput(
                text,
                null,
                labels,
                mode,
                threshold,
                prompt,
                examples,
                retrievedExamples,
                adapter,
                topK,
                onLong,
                maxLength,
                hierarchical);
    }
}

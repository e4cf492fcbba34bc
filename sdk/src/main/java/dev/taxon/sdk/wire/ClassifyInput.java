package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One text and how to classify it. Every field may be absent here; the server says which must be there.
 *
 * @param text the text to classify
 * @param id any string, passed through to the result
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
public record ClassifyInput(
        @Nullable String text,
        @Nullable String id,
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

    public ClassifyInput {
        examples = examples == null ? null : List.copyOf(examples);
        retrievedExamples = retrievedExamples == null ? null : List.copyOf(retrievedExamples);
    }

    /**
     * A builder of inputs for this text.
     *
     * <pre>{@code ClassifyInput.builder("Late again").labels("delivery", "billing").adapter("support").build()}</pre>
     */
    public static ClassifyInputBuilder builder(String text) {
        return new ClassifyInputBuilder().text(text);
    }

    /** A builder without a text: what {@link ClassifyRequest#ofTexts} shares between texts. */
    public static ClassifyInputBuilder builder() {
        return new ClassifyInputBuilder();
    }

    /** A builder that starts from the fields of this input. */
    public ClassifyInputBuilder toBuilder() {
        return new ClassifyInputBuilder(this);
    }
}

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
    public static Builder builder(String text) {
        return new Builder().text(text);
    }

    /** A builder without a text: what {@link ClassifyRequest#ofTexts} shares between texts. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from the fields of this input. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Builds a {@link ClassifyInput}, leaving absent what is not set. Not thread-safe. */
    public static final class Builder {

        private @Nullable String text;
        private @Nullable String id;
        private @Nullable LabelSet labels;
        private @Nullable Mode mode;
        private @Nullable Double threshold;
        private @Nullable String prompt;
        private @Nullable List<Example> examples;
        private @Nullable List<RetrievedExample> retrievedExamples;
        private @Nullable String adapter;
        private @Nullable Integer topK;
        private @Nullable OnLong onLong;
        private @Nullable Integer maxLength;
        private @Nullable Boolean hierarchical;

        private Builder() {}

        private Builder(ClassifyInput input) {
            this.text = input.text();
            this.id = input.id();
            this.labels = input.labels();
            this.mode = input.mode();
            this.threshold = input.threshold();
            this.prompt = input.prompt();
            this.examples = input.examples();
            this.retrievedExamples = input.retrievedExamples();
            this.adapter = input.adapter();
            this.topK = input.topK();
            this.onLong = input.onLong();
            this.maxLength = input.maxLength();
            this.hierarchical = input.hierarchical();
        }

        /** Sets {@link ClassifyInput#text()}. */
        public Builder text(@Nullable String value) {
            this.text = value;
            return this;
        }

        /** Sets {@link ClassifyInput#id()}. */
        public Builder id(@Nullable String value) {
            this.id = value;
            return this;
        }

        /** Sets {@link ClassifyInput#labels()}. */
        public Builder labels(@Nullable LabelSet value) {
            this.labels = value;
            return this;
        }

        /** Sets {@link ClassifyInput#mode()}. */
        public Builder mode(@Nullable Mode value) {
            this.mode = value;
            return this;
        }

        /** Sets {@link ClassifyInput#threshold()}. */
        public Builder threshold(@Nullable Double value) {
            this.threshold = value;
            return this;
        }

        /** Sets {@link ClassifyInput#prompt()}. */
        public Builder prompt(@Nullable String value) {
            this.prompt = value;
            return this;
        }

        /** Sets {@link ClassifyInput#examples()}. */
        public Builder examples(@Nullable List<Example> value) {
            this.examples = value;
            return this;
        }

        /** Sets {@link ClassifyInput#retrievedExamples()}. */
        public Builder retrievedExamples(@Nullable List<RetrievedExample> value) {
            this.retrievedExamples = value;
            return this;
        }

        /** Sets {@link ClassifyInput#adapter()}. */
        public Builder adapter(@Nullable String value) {
            this.adapter = value;
            return this;
        }

        /** Sets {@link ClassifyInput#topK()}. */
        public Builder topK(@Nullable Integer value) {
            this.topK = value;
            return this;
        }

        /** Sets {@link ClassifyInput#onLong()}. */
        public Builder onLong(@Nullable OnLong value) {
            this.onLong = value;
            return this;
        }

        /** Sets {@link ClassifyInput#maxLength()}. */
        public Builder maxLength(@Nullable Integer value) {
            this.maxLength = value;
            return this;
        }

        /** Sets {@link ClassifyInput#hierarchical()}. */
        public Builder hierarchical(@Nullable Boolean value) {
            this.hierarchical = value;
            return this;
        }

        /** Sets {@link ClassifyInput#labels()} to bare names. */
        public Builder labels(String... names) {
            return labels(LabelSet.of(names));
        }

        /** The input as set so far. */
        public ClassifyInput build() {
            return new ClassifyInput(
                    text,
                    id,
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
}

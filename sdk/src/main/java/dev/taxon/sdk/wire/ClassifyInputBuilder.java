package dev.taxon.sdk.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a {@link ClassifyInput}, leaving absent what is not set. Not thread-safe. */
public final class ClassifyInputBuilder {

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

    ClassifyInputBuilder() {}

    ClassifyInputBuilder(ClassifyInput input) {
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
    public ClassifyInputBuilder text(@Nullable String value) {
        this.text = value;
        return this;
    }

    /** Sets {@link ClassifyInput#id()}. */
    public ClassifyInputBuilder id(@Nullable String value) {
        this.id = value;
        return this;
    }

    /** Sets {@link ClassifyInput#labels()}. */
    public ClassifyInputBuilder labels(@Nullable LabelSet value) {
        this.labels = value;
        return this;
    }

    /** Sets {@link ClassifyInput#mode()}. */
    public ClassifyInputBuilder mode(@Nullable Mode value) {
        this.mode = value;
        return this;
    }

    /** Sets {@link ClassifyInput#threshold()}. */
    public ClassifyInputBuilder threshold(@Nullable Double value) {
        this.threshold = value;
        return this;
    }

    /** Sets {@link ClassifyInput#prompt()}. */
    public ClassifyInputBuilder prompt(@Nullable String value) {
        this.prompt = value;
        return this;
    }

    /** Sets {@link ClassifyInput#examples()}. */
    public ClassifyInputBuilder examples(@Nullable List<Example> value) {
        this.examples = value;
        return this;
    }

    /** Sets {@link ClassifyInput#retrievedExamples()}. */
    public ClassifyInputBuilder retrievedExamples(@Nullable List<RetrievedExample> value) {
        this.retrievedExamples = value;
        return this;
    }

    /** Sets {@link ClassifyInput#adapter()}. */
    public ClassifyInputBuilder adapter(@Nullable String value) {
        this.adapter = value;
        return this;
    }

    /** Sets {@link ClassifyInput#topK()}. */
    public ClassifyInputBuilder topK(@Nullable Integer value) {
        this.topK = value;
        return this;
    }

    /** Sets {@link ClassifyInput#onLong()}. */
    public ClassifyInputBuilder onLong(@Nullable OnLong value) {
        this.onLong = value;
        return this;
    }

    /** Sets {@link ClassifyInput#maxLength()}. */
    public ClassifyInputBuilder maxLength(@Nullable Integer value) {
        this.maxLength = value;
        return this;
    }

    /** Sets {@link ClassifyInput#hierarchical()}. */
    public ClassifyInputBuilder hierarchical(@Nullable Boolean value) {
        this.hierarchical = value;
        return this;
    }

    /** Sets {@link ClassifyInput#labels()} to bare names. */
    public ClassifyInputBuilder labels(String... names) {
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

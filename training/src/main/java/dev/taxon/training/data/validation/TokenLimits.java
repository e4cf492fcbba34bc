package dev.taxon.training.data.validation;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.checkpoint.Layout;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.core.prompt.Tokenizer;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How many tokens of a text a model reads.
 *
 * @param tokenizer the model's; stays the caller's to close
 * @param room the most tokens of a text beside a label set, without special tokens
 */
public record TokenLimits(Tokenizer tokenizer, ToIntFunction<List<String>> room) {
    /** [CLS], [SEP] and a token between them. */
    public static final int LEAST_TEXT_TOKENS = 3;

    /** [CLS] and [SEP]. */
    private static final int FRAME = 2;

    /** A word of one token in every vocabulary. */
    private static final String WORD = "a";

    private static final int MANY_WORDS = 2 * PromptEncoder.DEFAULT_MAXIMUM_LENGTH;

    /**
     * Of a training that cuts texts by itself.
     *
     * @param maxTextTokens the most tokens of a text, [CLS] and [SEP] included
     */
    public static TokenLimits ofTraining(Tokenizer tokenizer, int maxTextTokens) {
        if (maxTextTokens < LEAST_TEXT_TOKENS) {
            throw new IllegalArgumentException("A text needs at least " + LEAST_TEXT_TOKENS + " tokens.");
        }
        return new TokenLimits(tokenizer, labels -> maxTextTokens - FRAME);
    }

    /** Of a model that is asked with every default; in the joint layout labels take room from the text. */
    public static TokenLimits ofModel(ModelConfig config, Tokenizer tokenizer) {
        PromptEncoder encoder = PromptEncoder.of(config, tokenizer);
        boolean apart = config.layout() instanceof Layout.LateMixing;
        return new TokenLimits(tokenizer, labels -> room(encoder, apart ? List.of(WORD) : labels));
    }

    /** The encoder's own answer: how many tokens of a long text it keeps beyond those of a text of one. */
    private static int room(PromptEncoder encoder, List<String> labels) {
        EncodedInput one = encoder.encode(ClassificationInput.of(WORD, labels));
        EncodedInput many = encoder.encode(ClassificationInput.of((WORD + " ").repeat(MANY_WORDS), labels));
        return 1 + (many.tokens() - one.tokens()) / one.rows().size();
    }
}

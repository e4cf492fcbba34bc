package dev.taxon.training.sampling;

import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.prompt.Tokenizer;
import java.util.function.Function;

/**
 * Row tokens of a BERT encoder in the late-mixing layout.
 *
 * @param encode a tokenizer: a string's ids without special tokens
 * @param classification id of {@code [CLS]}
 * @param separator id of {@code [SEP]}
 * @param maxTextTokens the most tokens of a text, {@code [CLS]} and {@code [SEP]} included
 * @param maxLabelTokens the most tokens of a label, {@code [SEP]} included
 */
public record PromptTokens(
        Function<String, TokenIds> encode, int classification, int separator, int maxTextTokens, int maxLabelTokens)
        implements RowTokens {

    /** So that a text of megabytes is not tokenised for its first hundred tokens. */
    private static final int CHARACTERS_A_TOKEN = 64;

    public PromptTokens {
        if (maxTextTokens < 3 || maxLabelTokens < 2) {
            throw new IllegalArgumentException("A text needs at least 3 tokens and a label 2.");
        }
    }

    public static PromptTokens of(Tokenizer tokenizer, int maxTextTokens, int maxLabelTokens) {
        return new PromptTokens(
                tokenizer::encode,
                tokenizer.special("[CLS]"),
                tokenizer.special("[SEP]"),
                maxTextTokens,
                maxLabelTokens);
    }

    /**
     * The same tokens, once it is certain that an encoder has room for the longest of them.
     *
     * @param positions the most tokens of a sequence of the encoder; a label has its mark before it
     * @throws IllegalArgumentException when it has not; the message gives the numbers
     */
    public PromptTokens within(int positions) {
        if (maxTextTokens > positions) {
            throw new IllegalArgumentException(
                    "A text of %d tokens does not fit the encoder's %d positions.".formatted(maxTextTokens, positions));
        }
        if (maxLabelTokens + 1 > positions) {
            throw new IllegalArgumentException(
                    "A label of %d tokens, with its mark, does not fit the encoder's %d positions."
                            .formatted(maxLabelTokens, positions));
        }
        return this;
    }

    @Override
    public TokenIds text(String text) {
        int[] ids = encode.apply(start(text, maxTextTokens)).toArray();
        int kept = Math.min(ids.length, maxTextTokens - 2);
        int[] row = new int[kept + 2];
        row[0] = classification;
        System.arraycopy(ids, 0, row, 1, kept);
        row[kept + 1] = separator;
        return new TokenIds(row);
    }

    @Override
    public TokenIds label(String label) {
        int[] ids = encode.apply(start(label, maxLabelTokens)).toArray();
        int kept = Math.min(ids.length, maxLabelTokens - 1);
        int[] row = new int[kept + 1];
        System.arraycopy(ids, 0, row, 0, kept);
        row[kept] = separator;
        return new TokenIds(row);
    }

    private static String start(String text, int tokens) {
        int end = tokens * CHARACTERS_A_TOKEN;
        if (text.length() <= end) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }
}

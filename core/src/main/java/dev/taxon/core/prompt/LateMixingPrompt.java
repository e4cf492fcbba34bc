package dev.taxon.core.prompt;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.core.InputException.Reason;
import dev.taxon.core.checkpoint.ModelConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Late mixing: the text as {@code [CLS] text [SEP]} and each label as {@code label [SEP]}, in front of which the model
 * puts the mark's embedding. Text and labels count positions of their own, so lengths are limited thus:
 *
 * <ul>
 *   <li>No sequence, be it the text's or a label's, takes more tokens than the backbone has positions.
 *   <li>Unless the request gives a {@code max_length}, the text's sequence takes 1,024 at most. Labels take no room from
 *       it, so that a large label set leaves a text whole.
 *   <li>A {@code max_length} that the request gives is one on the whole row: text, labels and all marks.
 *   <li>The labels of a row take {@link #LABEL_TOKENS} tokens altogether at most, marks included, as they are work that no
 *       sequence's limit bounds.
 * </ul>
 */
final class LateMixingPrompt implements PromptEncoder {
    /** [CLS] and [SEP]. */
    private static final int FRAME = 2;

    /** 32 tokens for each of the 1,000 labels that the contract allows. */
    static final int LABEL_TOKENS = 32_768;

    private final int positions;
    private final Tokenizer tokenizer;
    private final LabelTokens labelTokens;
    private final SpecialTokens specials;

    LateMixingPrompt(ModelConfig config, Tokenizer tokenizer, LabelTokens labelTokens, SpecialTokens specials) {
        this.positions = config.encoder().positions();
        this.tokenizer = tokenizer;
        this.labelTokens = labelTokens;
        this.specials = specials;
    }

    @Override
    public EncodedInput encode(ClassificationInput input) {
        InputChecks.check(input);
        List<TokenIds> labels = labels(input);
        int labelsLength = lengthWithMarks(labels);
        int limit = textLimit(input, labels.size(), labelsLength);
        TokenIds text = InputChecks.text(input, tokenizer, limit - FRAME);
        int kept = InputChecks.keep(input, text.length(), limit - FRAME, limit);
        TokenIds sequence = new IdSequence(kept + FRAME)
                .add(specials.start())
                .add(text, kept)
                .add(specials.end())
                .done();
        return new EncodedInput(input, sequence, labels, sequence.length() + labelsLength, kept < text.length());
    }

    private List<TokenIds> labels(ClassificationInput input) {
        List<TokenIds> labels = new ArrayList<>(input.labels().size());
        for (TokenIds label : labelTokens.encode(input.labels())) {
            int length = label.length() + FRAME;
            if (length > positions) {
                throw new InputException(
                        Reason.LABELS_TOO_LONG,
                        "labels[" + labels.size() + "]",
                        "labels[%d] takes %d tokens with its mark, but the model reads %d; shorten it."
                                .formatted(labels.size(), length, positions));
            }
            labels.add(new IdSequence(label.length() + 1)
                    .add(label)
                    .add(specials.end())
                    .done());
        }
        return labels;
    }

    /** Tokens of the labels with their marks. */
    private static int lengthWithMarks(List<TokenIds> labels) {
        long length = labels.stream().mapToLong(label -> label.length() + 1L).sum();
        if (length > LABEL_TOKENS) {
            throw new InputException(
                    Reason.LABELS_TOO_LONG,
                    "labels",
                    "the %d labels take %d tokens with their marks, but those of a row may take %d; give fewer or shorter labels."
                            .formatted(labels.size(), length, LABEL_TOKENS));
        }
        return (int) length;
    }

    /** The most tokens of the text's own sequence. */
    private int textLimit(ClassificationInput input, int labels, int labelsLength) {
        Integer given = input.maxLength();
        if (given == null) {
            return Math.min(DEFAULT_MAXIMUM_LENGTH, positions);
        }
        if (given - labelsLength <= FRAME) {
            throw new InputException(
                    Reason.LABELS_TOO_LONG,
                    "labels",
                    "the %d labels take %d tokens with their marks, which leaves none of %d for the text; give fewer or shorter labels."
                            .formatted(labels, labelsLength, given));
        }
        return Math.min(given - labelsLength, positions);
    }
}

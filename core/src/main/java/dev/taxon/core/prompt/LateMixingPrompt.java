package dev.taxon.core.prompt;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.core.InputException.Reason;
import dev.taxon.core.checkpoint.ModelConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Late mixing: the text as {@code [CLS] text [SEP]} and each label as {@code label [SEP]}, in front of which the model
 * puts the mark's embedding. Text and labels count positions of their own, so each may fill the backbone's positions; a
 * limit that the request gives is one on the whole row, marks included.
 */
final class LateMixingPrompt implements PromptEncoder {
    /** [CLS] and [SEP]. */
    private static final int FRAME = 2;

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

    private static int lengthWithMarks(List<TokenIds> labels) {
        return Math.toIntExact(
                labels.stream().mapToLong(label -> label.length() + 1L).sum());
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

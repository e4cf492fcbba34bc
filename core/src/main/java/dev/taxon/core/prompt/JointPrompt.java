package dev.taxon.core.prompt;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.core.InputException.Reason;
import dev.taxon.core.checkpoint.EncoderConfig;
import dev.taxon.core.checkpoint.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference's prompt: {@code [CLS] (<<LABEL>> label)* <<SEP>> text [SEP]}, or with the text first {@code [CLS] text
 * (<<LABEL>> label)* <<SEP>> [SEP]}. Segments are tokenised apart, which is what the reference gets from the joined
 * string wherever a tokenizer treats every segment alike (not Metaspace that marks the first one only). A row takes {@code
 * max_length} tokens, 1,024 unless given, and never more than the backbone has positions.
 */
final class JointPrompt implements PromptEncoder {
    /** [CLS], the text marker and [SEP]. */
    private static final int FRAME = 3;

    private final EncoderConfig encoder;
    private final Layout.Joint layout;
    private final Tokenizer tokenizer;
    private final LabelTokens labelTokens;
    private final SpecialTokens specials;

    JointPrompt(
            EncoderConfig encoder,
            Layout.Joint layout,
            Tokenizer tokenizer,
            LabelTokens labelTokens,
            SpecialTokens specials) {
        this.encoder = encoder;
        this.layout = layout;
        this.tokenizer = tokenizer;
        this.labelTokens = labelTokens;
        this.specials = specials;
    }

    @Override
    public EncodedInput encode(ClassificationInput input) {
        InputChecks.check(input);
        List<TokenIds> labels = labelTokens.encode(input.labels());
        int limit = limit(input);
        int room = roomForText(labels, limit);
        TokenIds text = InputChecks.text(input, tokenizer, room);
        int kept = InputChecks.keep(input, text.length(), room, limit);
        TokenIds row = row(labels, text, kept, limit - room + kept);
        MarkPositions marks = marks(labels, kept);
        return new EncodedInput(input, row, List.of(), marks, row.length(), kept < text.length());
    }

    private int limit(ClassificationInput input) {
        Integer given = input.maxLength();
        return Math.min(given == null ? DEFAULT_MAXIMUM_LENGTH : given, encoder.positions());
    }

    private static int roomForText(List<TokenIds> labels, int limit) {
        long taken =
                FRAME + labels.stream().mapToLong(label -> label.length() + 1L).sum();
        if (taken >= limit) {
            throw new InputException(
                    Reason.LABELS_TOO_LONG,
                    "labels",
                    "the %d labels take %d tokens with their marks, which leaves none of %d for the text; give fewer or shorter labels."
                            .formatted(labels.size(), taken, limit));
        }
        return limit - (int) taken;
    }

    private TokenIds row(List<TokenIds> labels, TokenIds text, int kept, int length) {
        IdSequence row = new IdSequence(length).add(specials.start());
        if (layout.promptFirst()) {
            addLabels(row, labels).add(text, kept);
        } else {
            addLabels(row.add(text, kept), labels);
        }
        return row.add(specials.end()).done();
    }

    private MarkPositions marks(List<TokenIds> labels, int keptText) {
        List<Integer> positions = new ArrayList<>(labels.size());
        int next = layout.promptFirst() ? 1 : 1 + keptText;
        for (TokenIds label : labels) {
            positions.add(next);
            next += 1 + label.length();
        }
        return new MarkPositions(positions, next);
    }

    private IdSequence addLabels(IdSequence row, List<TokenIds> labels) {
        for (TokenIds label : labels) {
            row.add(layout.markers().label()).add(label);
        }
        return row.add(layout.markers().text());
    }
}

package dev.taxon.core.prompt;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.core.InputException.Reason;
import dev.taxon.core.checkpoint.EncoderConfig;
import dev.taxon.core.checkpoint.Layout;
import dev.taxon.core.prompt.Windows.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference's prompt: {@code [CLS] (<<LABEL>> label)* <<SEP>> prompt text examples [SEP]}, or with the text first
 * {@code [CLS] text (<<LABEL>> label)* <<SEP>> prompt examples [SEP]}. Pieces between markers are tokenised apart, as the
 * reference's tokenizer does it with the joined string. A row takes {@code max_length} tokens, 1,024 unless given, and
 * never more than the backbone has positions.
 *
 * <p>Without a {@code max_length}, labels that would take more than half of that are read in chunks.
 */
final class JointPrompt implements PromptEncoder {
    /** [CLS], the text marker and [SEP]. */
    private static final int FRAME = 3;

    /** The part of a sequence that labels leave to a longer text at least, or else are read in chunks. */
    private static final int TEXTS_PART = 8;

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
        int limit = limit(input);
        List<TokenIds> labels = labelTokens.encode(input.candidates().described());
        JointContext context = JointContext.of(input.context(), layout, tokenizer);
        List<List<TokenIds>> chunks =
                isOneChunk(input, labels, context, limit) ? List.of(labels) : LabelChunks.of(labels, limit / 2);
        int room = room(input, chunks, context, limit);
        JointBody body = JointBody.of(input, context, !layout.promptFirst(), tokenizer, room);
        List<Window> windows = InputChecks.windows(input, body.text().length(), room - body.fixed(), limit);
        List<EncodedRow> rows = new ArrayList<>(windows.size() * chunks.size());
        for (Window window : windows) {
            for (List<TokenIds> chunk : chunks) {
                rows.add(row(chunk, body.part(window), context));
            }
        }
        int tokens = rows.stream().mapToInt(row -> row.text().length()).sum();
        boolean truncated = windows.get(windows.size() - 1).end() < body.text().length();
        return new EncodedInput(input, rows, windows.size(), tokens, truncated);
    }

    /** As the reference reads them, wherever that leaves the text enough; a length that was given leaves what it leaves. */
    private boolean isOneChunk(ClassificationInput input, List<TokenIds> labels, JointContext context, int limit) {
        long taken = FRAME + (long) LabelChunks.tokens(labels) + context.tokensApart();
        if (input.maxLength() != null || taken <= limit - limit / TEXTS_PART) {
            return true;
        }
        int room = (int) (limit - taken);
        if (room <= context.tokensBesideText()) {
            return false;
        }
        JointBody body = JointBody.of(input, context, !layout.promptFirst(), tokenizer, room);
        return body.fixed() + body.text().length() <= room;
    }

    private int limit(ClassificationInput input) {
        Integer given = input.maxLength();
        return Math.min(given == null ? DEFAULT_MAXIMUM_LENGTH : given, encoder.positions());
    }

    /** Tokens left for the text, and what stands right before and after it, beside the largest chunk of labels. */
    private static int room(ClassificationInput input, List<List<TokenIds>> chunks, JointContext context, int limit) {
        int labels = chunks.stream().mapToInt(LabelChunks::tokens).max().orElse(0);
        long taken = FRAME + (long) labels + context.tokensApart();
        if (taken + context.tokensBesideText() < limit) {
            return limit - (int) taken;
        }
        if (context.isEmpty() || FRAME + (long) labels >= limit) {
            throw new InputException(
                    Reason.LABELS_TOO_LONG,
                    "labels",
                    "the %d labels take %d tokens with their marks, which leaves none of %d for the text; give fewer or shorter labels."
                            .formatted(input.candidates().size(), FRAME + (long) labels, limit));
        }
        throw new InputException(
                Reason.LABELS_TOO_LONG,
                context.largest(),
                "prompt and examples take %d tokens beside %d of the labels, which leaves none of %d for the text; shorten them."
                        .formatted(
                                (long) context.tokensApart() + context.tokensBesideText(),
                                FRAME + (long) labels,
                                limit));
    }

    private EncodedRow row(List<TokenIds> labels, TokenIds body, JointContext context) {
        List<TokenIds> parts = new ArrayList<>();
        parts.add(new TokenIds(specials.start()));
        int before = 1;
        if (!layout.promptFirst()) {
            parts.add(body);
            before += body.length();
        }
        addLabels(labels, parts);
        if (layout.promptFirst()) {
            parts.add(body);
        }
        parts.add(context.atEnd());
        parts.add(new TokenIds(specials.end()));
        return EncodedRow.joint(TokenIds.joined(parts), marks(labels, before));
    }

    private void addLabels(List<TokenIds> labels, List<TokenIds> parts) {
        for (TokenIds label : labels) {
            parts.add(new TokenIds(layout.markers().label()));
            parts.add(label);
        }
        parts.add(new TokenIds(layout.markers().text()));
    }

    private static MarkPositions marks(List<TokenIds> labels, int first) {
        List<Integer> positions = new ArrayList<>(labels.size());
        int next = first;
        for (TokenIds label : labels) {
            positions.add(next);
            next += 1 + label.length();
        }
        return new MarkPositions(positions, next);
    }
}

package dev.taxon.core.prompt;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.core.InputException.Reason;
import dev.taxon.core.TaskContext;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.prompt.Windows.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Late mixing: the text as {@code [CLS] prompt text [SEP]} and each label as {@code label [SEP]}, in front of which the model
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
        requireNoExamples(input.context());
        List<TokenIds> labels = labels(input);
        int labelsLength = lengthWithMarks(labels);
        int limit = textLimit(input, labels.size(), labelsLength);
        TokenIds prompt = prompt(input.context(), limit);
        int room = limit - FRAME - prompt.length();
        TokenIds text = InputChecks.wantsWhole(input)
                ? tokenizer.encode(input.text())
                : tokenizer.encodeBeginning(input.text(), room);
        InputChecks.requireTokens(text);
        List<Window> windows = InputChecks.windows(input, text.length(), room, limit);
        List<EncodedRow> rows = windows.stream()
                .map(window -> sequence(prompt, text.slice(window.start(), window.end())))
                .map(sequence -> EncodedRow.apart(sequence, labels))
                .toList();
        int tokens = rows.stream()
                .mapToInt(row -> row.text().length() + labelsLength)
                .sum();
        boolean truncated = windows.get(windows.size() - 1).end() < text.length();
        return new EncodedInput(input, rows, windows.size(), tokens, truncated);
    }

    private static void requireNoExamples(TaskContext context) {
        String field = context.examples().isEmpty() ? "retrieved_examples" : "examples";
        if (!context.examples().isEmpty() || !context.retrieved().isEmpty()) {
            throw new InputException(
                    Reason.NOT_SUPPORTED,
                    field,
                    field + " are not read by a model of the late-mixing layout; train an adapter on them, or use a"
                            + " checkpoint of the reference's layout.");
        }
    }

    /** Words on the task stand before every window of the text. */
    private TokenIds prompt(TaskContext context, int limit) {
        TokenIds prompt = tokenizer.encode(context.prompt());
        if (prompt.length() + FRAME >= limit) {
            throw new InputException(
                    Reason.LABELS_TOO_LONG,
                    "prompt",
                    "the prompt takes %d tokens, which leaves none of %d for the text; shorten it."
                            .formatted(prompt.length(), limit));
        }
        return prompt;
    }

    private TokenIds sequence(TokenIds prompt, TokenIds text) {
        return TokenIds.joined(List.of(new TokenIds(specials.start()), prompt, text, new TokenIds(specials.end())));
    }

    private List<TokenIds> labels(ClassificationInput input) {
        List<TokenIds> labels = new ArrayList<>(input.labels().size());
        for (TokenIds label : labelTokens.encode(input.candidates().described())) {
            int length = label.length() + FRAME;
            if (length > positions) {
                throw new InputException(
                        Reason.LABELS_TOO_LONG,
                        "labels[" + labels.size() + "]",
                        "labels[%d] takes %d tokens with its mark, but the model reads %d; shorten it."
                                .formatted(labels.size(), length, positions));
            }
            labels.add(TokenIds.joined(List.of(label, new TokenIds(specials.end()))));
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

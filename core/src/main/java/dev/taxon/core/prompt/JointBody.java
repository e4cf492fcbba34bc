package dev.taxon.core.prompt;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.prompt.Windows.Window;
import java.util.List;

/**
 * The text of a joint sequence with what stands right before and after it. Where all of it fits they are tokenised as
 * one string, as the reference does it; where the text is cut they are tokenised apart, so that only the text is cut.
 *
 * @param before tokens before the text in every window
 * @param text tokens of the text, or more of them than fit
 * @param after tokens of the text's piece after the text in every window
 * @param afterText the tokens that markers after the text begin
 */
record JointBody(TokenIds before, TokenIds text, TokenIds after, TokenIds afterText) {
    private static final TokenIds NOTHING = new TokenIds();

    /**
     * The body of a row.
     *
     * @param begins whether the body begins the whole sequence, which some tokenizers mark
     * @param room tokens there are for all of it, save what markers begin
     */
    static JointBody of(
            ClassificationInput input, JointContext context, boolean begins, Tokenizer tokenizer, int room) {
        String text = input.text();
        if (!context.lead().isEmpty() || !context.trail().isEmpty()) {
            TokenIds whole = beginning(context.lead() + text + context.trail(), begins, tokenizer, room);
            if (whole.length() <= room) {
                return new JointBody(NOTHING, whole, NOTHING, context.afterText());
            }
        }
        TokenIds own = InputChecks.wantsWhole(input)
                ? beginning(text, begins, tokenizer, Integer.MAX_VALUE)
                : beginning(text, begins, tokenizer, room);
        InputChecks.requireTokens(own);
        TokenIds lead = tokenizer.encodeInner(context.lead());
        return new JointBody(lead, own, tokenizer.encodeInner(context.trail()), context.afterText());
    }

    private static TokenIds beginning(String text, boolean begins, Tokenizer tokenizer, int count) {
        return begins ? tokenizer.encodeBeginning(text, count) : tokenizer.encodeInnerBeginning(text, count);
    }

    /** Tokens of the text's piece that every window has. */
    int fixed() {
        return before.length() + after.length();
    }

    /** The body of one window. */
    TokenIds part(Window window) {
        return TokenIds.joined(List.of(before, text.slice(window.start(), window.end()), after, afterText));
    }
}

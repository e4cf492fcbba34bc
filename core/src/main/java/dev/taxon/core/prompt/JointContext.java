package dev.taxon.core.prompt;

import dev.taxon.core.TaskContext;
import dev.taxon.core.checkpoint.Layout;
import java.util.List;

/**
 * Where prompt and examples stand in a joint sequence.
 *
 * @param lead characters right before the text, of the same piece; empty for none
 * @param leadTokens how many tokens they are by themselves
 * @param trail what follows the text: characters of the same piece, and then what markers begin
 * @param trailTokens how many tokens the characters are by themselves
 * @param afterText the tokens from the first marker after the text on, up to the labels or the end
 * @param atEnd the tokens before [SEP] that no text stands beside
 * @param largest which field of the input takes most of it
 */
record JointContext(
        String lead,
        int leadTokens,
        String trail,
        int trailTokens,
        TokenIds afterText,
        TokenIds atEnd,
        String largest) {

    static JointContext of(TaskContext context, Layout.Joint layout, Tokenizer tokenizer) {
        MarkedText.Builder beside = new MarkedText.Builder(tokenizer);
        MarkedText.Builder end = new MarkedText.Builder(tokenizer);
        ExampleText.addRetrieved(context.retrieved(), beside);
        String lead = "";
        if (layout.promptFirst()) {
            lead = context.prompt();
            ExampleText.add(context.examples(), layout.markers().text(), beside);
        } else {
            end.plain(context.prompt());
            ExampleText.add(context.examples(), layout.markers().text(), end);
        }
        MarkedText after = beside.build();
        MarkedText last = end.build();
        TokenIds ending = TokenIds.joined(List.of(tokenizer.encodeInner(last.beginning()), last.rest(tokenizer)));
        return new JointContext(
                lead,
                tokenizer.encodeInner(lead).length(),
                after.beginning(),
                tokenizer.encodeInner(after.beginning()).length(),
                after.rest(tokenizer),
                ending,
                largest(context));
    }

    private static String largest(TaskContext context) {
        int prompt = context.prompt().length();
        int examples = context.examples().stream()
                .mapToInt(example -> example.text().length())
                .sum();
        int retrieved = context.retrieved().stream()
                .mapToInt(example -> example.text().length())
                .sum();
        if (prompt >= examples && prompt >= retrieved) {
            return "prompt";
        }
        return examples >= retrieved ? "examples" : "retrieved_examples";
    }

    boolean isEmpty() {
        return tokensApart() + tokensBesideText() == 0;
    }

    /** Tokens of what is a piece of its own. */
    int tokensApart() {
        return afterText.length() + atEnd.length();
    }

    /** Tokens of what is of the text's piece, as far as they can be told without the text. */
    int tokensBesideText() {
        return leadTokens + trailTokens;
    }
}

package dev.taxon.core.prompt;

import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.Layout;

/** Holds a configuration's markers against the tokenizer: ids that no text yields, each with one meaning. */
final class Markers {
    private Markers() {}

    static void check(Layout.Joint layout, SpecialTokens specials, Tokenizer tokenizer) {
        check("class_token_index", layout.markers().label(), specials, tokenizer);
        check("text_token_index", layout.markers().text(), specials, tokenizer);
        if (layout.markers().label() == layout.markers().text()) {
            throw new CheckpointException(
                    "class_token_index and text_token_index are both %d; give each marker an id of its own."
                            .formatted(layout.markers().label()));
        }
    }

    private static void check(String key, int id, SpecialTokens specials, Tokenizer tokenizer) {
        if (!tokenizer.isReserved(id) || id == specials.start() || id == specials.end()) {
            throw new CheckpointException(
                    "%s is %d, which is no marker among the added tokens of tokenizer.json (such as <<LABEL>> and <<SEP>>); give the marker's id, or put the model's own tokenizer there."
                            .formatted(key, id));
        }
    }
}

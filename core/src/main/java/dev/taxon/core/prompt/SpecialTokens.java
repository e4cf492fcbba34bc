package dev.taxon.core.prompt;

import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.ModelConfig;

/** The ids that stand at the ends of a sequence. */
record SpecialTokens(int start, int end) {

    static SpecialTokens of(ModelConfig config, Tokenizer tokenizer) {
        SpecialTokens specials = new SpecialTokens(tokenizer.special("[CLS]"), tokenizer.special("[SEP]"));
        int vocabulary = config.encoder().vocabularySize();
        if (!isIn(specials.start, vocabulary) || !isIn(specials.end, vocabulary)) {
            throw new CheckpointException(
                    "tokenizer.json gives [CLS] or [SEP] an id outside the model's vocabulary of %d; it belongs to another model."
                            .formatted(vocabulary));
        }
        return specials;
    }

    private static boolean isIn(int id, int vocabulary) {
        return id >= 0 && id < vocabulary;
    }
}

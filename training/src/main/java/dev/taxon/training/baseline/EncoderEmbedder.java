package dev.taxon.training.baseline;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.model.EmbeddingModel;
import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.sampling.PromptTokens;
import java.util.List;

/** Embeds with a checkpoint's encoder, texts cut at its positions. Owns native memory until closed. Not thread-safe. */
public final class EncoderEmbedder implements TextEmbedder, AutoCloseable {
    /** Labels are embedded as texts here, so this is never used; it only has to be valid. */
    private static final int LABEL_TOKENS = 2;

    private final EmbeddingModel model;
    private final Tokenizer tokenizer;
    private final PromptTokens tokens;

    private EncoderEmbedder(EmbeddingModel model, Tokenizer tokenizer, int positions) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.tokens = PromptTokens.of(tokenizer, positions, LABEL_TOKENS);
    }

    /** Loads a checkpoint's encoder, which may be closed at once. The caller closes the embedder. */
    public static EncoderEmbedder load(Checkpoint checkpoint, Precision precision) {
        Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get());
        try {
            EmbeddingModel model = EmbeddingModel.load(checkpoint, precision);
            return new EncoderEmbedder(
                    model, tokenizer, checkpoint.config().encoder().positions());
        } catch (RuntimeException failed) {
            tokenizer.close();
            throw failed;
        }
    }

    @Override
    public float[][] embed(List<String> texts) {
        List<TokenIds> sequences = texts.stream().map(tokens::text).toList();
        return model.embed(sequences);
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
    }
}

package dev.taxon.core.checkpoint;

/** Reads {@code encoder_config} of a BERT backbone. */
final class BertReader {
    private BertReader() {}

    static BertConfig read(JsonFile encoder) {
        encoder.only("hidden_act", "gelu", "gelu");
        encoder.only("position_embedding_type", "absolute", "absolute");
        encoder.refuse("is_decoder");
        encoder.refuse("add_cross_attention");
        int vocabulary = EncoderReader.vocabulary(encoder);
        int hidden = EncoderReader.hidden(encoder);
        return new BertConfig(
                vocabulary,
                hidden,
                EncoderReader.layers(encoder),
                EncoderReader.heads(encoder, hidden),
                EncoderReader.intermediate(encoder),
                encoder.integer("max_position_embeddings", 3, 1 << 24),
                encoder.integer("type_vocab_size", 2, 1, 1024),
                EncoderReader.epsilon(encoder, "layer_norm_eps", 1e-12),
                encoder.integer("pad_token_id", 0, 0, vocabulary - 1));
    }
}

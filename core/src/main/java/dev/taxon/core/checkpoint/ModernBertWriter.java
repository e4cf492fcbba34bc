package dev.taxon.core.checkpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes {@code encoder_config} of a ModernBERT backbone, with the newer keys. */
final class ModernBertWriter {
    private ModernBertWriter() {}

    static ObjectNode write(ModernBertConfig encoder) {
        ObjectNode json = JsonFile.MAPPER
                .createObjectNode()
                .put("model_type", "modernbert")
                .put("hidden_activation", "gelu")
                .put("vocab_size", encoder.vocabularySize())
                .put("hidden_size", encoder.hiddenSize())
                .put("num_hidden_layers", encoder.layers())
                .put("num_attention_heads", encoder.heads())
                .put("intermediate_size", encoder.intermediateSize())
                .put("max_position_embeddings", encoder.namedPositions())
                .put("norm_eps", encoder.layerNormEpsilon())
                .put("pad_token_id", encoder.padTokenId())
                .put("norm_bias", encoder.biases().norm())
                .put("attention_bias", encoder.biases().attention())
                .put("mlp_bias", encoder.biases().feedForward())
                .put("local_attention", 2 * encoder.attention().reach());
        writeAttention(json, encoder.attention());
        return json;
    }

    private static void writeAttention(ObjectNode json, ModernBertConfig.Attention attention) {
        ArrayNode types = json.putArray("layer_types");
        attention.local().forEach(local -> types.add(local ? ModernBertReader.LOCAL : ModernBertReader.GLOBAL));
        ObjectNode rope = json.putObject("rope_parameters");
        rope.putObject(ModernBertReader.GLOBAL).put("rope_type", "default").put("rope_theta", attention.globalTheta());
        rope.putObject(ModernBertReader.LOCAL).put("rope_type", "default").put("rope_theta", attention.localTheta());
    }
}

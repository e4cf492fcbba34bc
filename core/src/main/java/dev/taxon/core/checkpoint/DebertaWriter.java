package dev.taxon.core.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.checkpoint.DebertaConfig.Convolution;
import dev.taxon.core.checkpoint.DebertaConfig.Relative;
import java.util.Locale;

/** Writes {@code encoder_config} of a DeBERTa v2 or v3 backbone. */
final class DebertaWriter {
    private DebertaWriter() {}

    static ObjectNode write(DebertaConfig encoder) {
        ObjectNode json = JsonFile.MAPPER
                .createObjectNode()
                .put("model_type", "deberta-v2")
                .put("hidden_act", "gelu")
                .put("vocab_size", encoder.vocabularySize())
                .put("hidden_size", encoder.hiddenSize())
                .put("num_hidden_layers", encoder.layers())
                .put("num_attention_heads", encoder.heads())
                .put("intermediate_size", encoder.intermediateSize())
                .put("max_position_embeddings", encoder.absolutePositions())
                .put("layer_norm_eps", encoder.layerNormEpsilon())
                .put("pad_token_id", encoder.padTokenId())
                .put("embedding_size", encoder.embeddingSize())
                .put("position_biased_input", encoder.biasedInput())
                .put("type_vocab_size", encoder.tokenTypes())
                .put("relative_attention", encoder.relative().isPresent());
        encoder.terms().forEach(term -> json.withArray("pos_att_type").add(term));
        encoder.relative().ifPresent(relative -> write(relative, json));
        encoder.convolution().ifPresent(convolution -> write(convolution, json));
        return json;
    }

    private static void write(Relative relative, ObjectNode json) {
        json.put("position_buckets", relative.buckets() > 0 ? relative.buckets() : -1)
                .put("max_relative_positions", relative.farthest())
                .put("norm_rel_ebd", relative.normed() ? "layer_norm" : "none")
                .put("share_att_key", relative.sharesKeys());
    }

    private static void write(Convolution convolution, ObjectNode json) {
        json.put("conv_kernel_size", convolution.kernel())
                .put("conv_groups", convolution.groups())
                .put("conv_act", convolution.activation().name().toLowerCase(Locale.ROOT));
    }
}

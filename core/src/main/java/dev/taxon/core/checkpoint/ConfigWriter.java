package dev.taxon.core.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Writes a configuration as config.json, so that {@link Checkpoints#open} reads the same one back. */
public final class ConfigWriter {
    private ConfigWriter() {}

    /**
     * The bytes of config.json.
     *
     * @param base late mixing: the base encoder that holds the tensors which the folder will not ship
     */
    public static byte[] write(ModelConfig config, Optional<String> base) {
        ObjectNode json = JsonFile.MAPPER.createObjectNode();
        json.put("model_type", "GLiClass");
        json.put("name", config.name());
        if (config.layout() instanceof ModelConfig.Layout.LateMixing late) {
            json.put("architecture_type", ConfigReader.LATE_MIXING);
            json.put("mixing_layers", late.mixingLayers());
            base.ifPresent(name -> json.put("base", name));
        } else {
            writeJoint(json, config);
        }
        json.put("pooling_strategy", lowerCase(config.textPooling()));
        json.put("class_token_pooling", lowerCase(config.classPooling()));
        json.put("scorer_type", lowerCase(config.scorer()));
        json.put("normalize_features", config.normalizeFeatures());
        json.put("projector_hidden_act", "gelu");
        json.set("encoder_config", encoder(config.encoder()));
        try {
            String text = JsonFile.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
            return (text + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values always has a JSON form.", e);
        }
    }

    private static void writeJoint(ObjectNode json, ModelConfig config) {
        json.put("architecture_type", ConfigReader.UNI_ENCODER);
        json.put("class_token_index", config.classToken());
        json.put("text_token_index", config.textToken());
        json.put("embed_class_token", config.embedClassToken());
        json.put("prompt_first", config.promptFirst());
    }

    private static ObjectNode encoder(EncoderConfig encoder) {
        return JsonFile.MAPPER
                .createObjectNode()
                .put("model_type", "bert")
                .put("hidden_act", "gelu")
                .put("vocab_size", encoder.vocabularySize())
                .put("hidden_size", encoder.hiddenSize())
                .put("num_hidden_layers", encoder.layers())
                .put("num_attention_heads", encoder.heads())
                .put("intermediate_size", encoder.intermediateSize())
                .put("max_position_embeddings", encoder.positions())
                .put("type_vocab_size", encoder.tokenTypes())
                .put("layer_norm_eps", encoder.layerNormEpsilon())
                .put("pad_token_id", encoder.padTokenId());
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

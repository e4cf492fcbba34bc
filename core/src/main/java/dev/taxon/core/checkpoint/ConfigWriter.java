package dev.taxon.core.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
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
        if (config.layout() instanceof Layout.LateMixing late) {
            json.put("architecture_type", ConfigReader.LATE_MIXING);
            json.put("mixing_layers", late.mixingLayers());
            json.put("normalize_features", true);
            base.ifPresent(name -> json.put("base", name));
        } else if (config.layout() instanceof Layout.Joint joint) {
            writeJoint(json, joint);
        }
        json.set("encoder_config", encoder(config.encoder()));
        try {
            String text = JsonFile.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
            return (text + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values always has a JSON form.", e);
        }
    }

    private static void writeJoint(ObjectNode json, Layout.Joint joint) {
        json.put("architecture_type", ConfigReader.UNI_ENCODER);
        json.put("pooling_strategy", joint.text().pooling().key());
        json.put("extract_text_features", joint.text().fromTextToken());
        json.put("use_lstm", joint.text().recurs());
        json.put("class_token_pooling", joint.labels().pooling().key());
        json.put("embed_class_token", joint.labels().fromMarker());
        json.put("scorer_type", joint.scorer().kind().key());
        json.put("scorer_num_heads", joint.scorer().heads());
        json.put("scorer_mlp_hidden_size", joint.scorer().hiddenSize());
        json.put("normalize_features", joint.normalizeFeatures());
        json.put("projector_hidden_act", joint.activation().keys().get(0));
        json.put("hidden_size", joint.projectorSize());
        json.put("encoder_layer_id", joint.depth());
        json.put("use_segment_embeddings", joint.segments());
        json.put("prompt_first", joint.promptFirst());
        json.put("class_token_index", joint.markers().label());
        json.put("text_token_index", joint.markers().text());
        json.put("example_token_index", joint.markers().example());
    }

    private static ObjectNode encoder(EncoderConfig encoder) {
        if (encoder instanceof BertConfig bert) {
            return bert(bert);
        }
        if (encoder instanceof ModernBertConfig modernBert) {
            return ModernBertWriter.write(modernBert);
        }
        if (encoder instanceof DebertaConfig deberta) {
            return DebertaWriter.write(deberta);
        }
        throw new IllegalArgumentException(
                "no config.json is written for " + encoder.getClass().getSimpleName());
    }

    private static ObjectNode bert(BertConfig encoder) {
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
}

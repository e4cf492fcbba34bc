package dev.taxon.core.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Reads {@code encoder_config} of a ModernBERT backbone: with {@code layer_types} and {@code rope_parameters}, or with the
 * keys that came before them. Where both stand, the newer ones count, as in the reference.
 */
final class ModernBertReader {
    static final String GLOBAL = "full_attention";
    static final String LOCAL = "sliding_attention";

    /** Bounds the mask that is kept; released models have 128. */
    private static final int WIDEST_WINDOW = 1 << 14;

    private final JsonFile json;

    private ModernBertReader(JsonFile json) {
        this.json = json;
    }

    static ModernBertConfig read(JsonFile encoder) {
        encoder.only("hidden_activation", "gelu", "gelu");
        return new ModernBertReader(encoder).config();
    }

    private ModernBertConfig config() {
        int vocabulary = EncoderReader.vocabulary(json);
        int hidden = EncoderReader.hidden(json);
        int layers = EncoderReader.layers(json);
        return new ModernBertConfig(
                vocabulary,
                hidden,
                layers,
                heads(hidden),
                EncoderReader.intermediate(json),
                json.integer("max_position_embeddings", 8192, 3, 1 << 24),
                EncoderReader.epsilon(json, "norm_eps", 1e-5),
                json.integer("pad_token_id", 0, 0, vocabulary - 1),
                attention(layers),
                new ModernBertConfig.Biases(
                        json.flag("norm_bias", false),
                        json.flag("attention_bias", false),
                        json.flag("mlp_bias", false)));
    }

    /** Rotary positions turn pairs of numbers. */
    private int heads(int hidden) {
        int heads = EncoderReader.heads(json, hidden);
        int size = hidden / heads;
        if (size % 2 != 0) {
            throw json.wrong(
                    "num_attention_heads", "such that hidden_size %d gives each an even part".formatted(hidden));
        }
        if (json.integer("head_dim", size, 1, hidden) != size) {
            throw json.unsupported("head_dim", "%d (hidden_size by num_attention_heads)".formatted(size));
        }
        return heads;
    }

    private List<Boolean> local(int layers) {
        if (!json.has("layer_types")) {
            int period = json.integer("global_attn_every_n_layers", 3, 1, Integer.MAX_VALUE);
            return IntStream.range(0, layers)
                    .mapToObj(layer -> layer % period != 0)
                    .toList();
        }
        JsonNode types = json.node().get("layer_types");
        if (!types.isArray() || types.size() != layers) {
            throw json.wrong("layer_types", "a list of %d, one for each layer".formatted(layers));
        }
        return StreamSupport.stream(types.spliterator(), false)
                .map(this::isLocal)
                .toList();
    }

    private boolean isLocal(JsonNode type) {
        return switch (type.asText()) {
            case GLOBAL -> false;
            case LOCAL -> true;
            default -> throw json.unsupported("layer_types", "a list of " + GLOBAL + " and " + LOCAL);
        };
    }

    private ModernBertConfig.Attention attention(int layers) {
        requirePlainRotation();
        double global = theta(json, "global_rope_theta", 160_000);
        // Unset on purpose, as against absent, it was the global one where this key came from.
        boolean shared = json.node().path("local_rope_theta").isNull();
        double local = theta(json, "local_rope_theta", shared ? global : 10_000);
        return new ModernBertConfig.Attention(
                local(layers),
                json.integer("local_attention", 128, 2, WIDEST_WINDOW) / 2,
                newerTheta(GLOBAL).orElse(global),
                newerTheta(LOCAL).orElse(local));
    }

    private Optional<Double> newerTheta(String kind) {
        return json.object("rope_parameters")
                .flatMap(kinds -> kinds.object(kind))
                .filter(parameters -> parameters.has("rope_theta"))
                .map(parameters -> theta(parameters, "rope_theta", 0));
    }

    private static double theta(JsonFile file, String key, double whenAbsent) {
        double theta = file.number(key, whenAbsent);
        if (!(theta > 1 && theta < Double.POSITIVE_INFINITY)) {
            throw file.wrong(key, "a number above 1");
        }
        return theta;
    }

    /** Scaled rotary positions are other functions, which released models do not use. */
    private void requirePlainRotation() {
        json.object("rope_scaling").ifPresent(ModernBertReader::requirePlain);
        json.object("rope_parameters").ifPresent(parameters -> {
            requirePlain(parameters);
            parameters.object(GLOBAL).ifPresent(ModernBertReader::requirePlain);
            parameters.object(LOCAL).ifPresent(ModernBertReader::requirePlain);
        });
    }

    private static void requirePlain(JsonFile parameters) {
        parameters.only("rope_type", "default", "default");
        parameters.only("type", "default", "default");
    }
}

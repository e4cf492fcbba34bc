package dev.taxon.core.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads {@code encoder_config} of a ModernBERT backbone, as transformers writes it today ({@code layer_types}, {@code
 * rope_parameters}) and as it did before ({@code global_attn_every_n_layers}, {@code global_rope_theta}).
 */
final class ModernBertReader {
    private static final String FULL = "full_attention";
    private static final String SLIDING = "sliding_attention";
    private static final double GLOBAL_THETA = 160_000;
    private static final double LOCAL_THETA = 10_000;

    private final JsonFile encoder;

    private ModernBertReader(JsonFile encoder) {
        this.encoder = encoder;
    }

    static ModernBertConfig read(JsonFile encoder) {
        encoder.only("hidden_activation", "gelu", "gelu");
        return new ModernBertReader(encoder).config();
    }

    private ModernBertConfig config() {
        int vocabulary = EncoderReader.vocabulary(encoder);
        int hidden = EncoderReader.hidden(encoder);
        int heads = EncoderReader.heads(encoder, hidden);
        if (hidden / heads % 2 != 0) {
            throw encoder.wrong("num_attention_heads", "such that a head's size is even, for rotary positions");
        }
        return new ModernBertConfig(
                vocabulary,
                hidden,
                heads,
                EncoderReader.intermediate(encoder),
                encoder.integer("max_position_embeddings", 3, 1 << 24),
                EncoderReader.epsilon(encoder, "norm_eps", 1e-5),
                encoder.integer("pad_token_id", 0, 0, vocabulary - 1),
                local(EncoderReader.layers(encoder)),
                encoder.integer("local_attention", 128, 2, 1 << 24) / 2,
                theta(FULL, "global_rope_theta", GLOBAL_THETA),
                theta(SLIDING, "local_rope_theta", LOCAL_THETA),
                encoder.flag("attention_bias", false),
                encoder.flag("mlp_bias", false),
                encoder.flag("norm_bias", false));
    }

    private List<Boolean> local(int layers) {
        if (encoder.has("layer_types")) {
            return encoder.strings("layer_types", layers).stream()
                    .map(this::isLocal)
                    .toList();
        }
        int every = encoder.integer("global_attn_every_n_layers", 3, 1, 1000);
        return IntStream.range(0, layers).mapToObj(layer -> layer % every != 0).toList();
    }

    private boolean isLocal(String type) {
        if (!type.equals(FULL) && !type.equals(SLIDING)) {
            throw encoder.wrong("layer_types", "a list of " + FULL + " and " + SLIDING);
        }
        return type.equals(SLIDING);
    }

    private double theta(String type, String older, double whenAbsent) {
        Optional<JsonFile> parameters = encoder.object("rope_parameters").flatMap(all -> all.object(type));
        parameters.ifPresent(rope -> rope.only("rope_type", "default", "default"));
        double theta = parameters.isPresent()
                ? parameters.get().number("rope_theta", whenAbsent)
                : encoder.number(older, whenAbsent);
        if (!(theta > 1 && theta < 1e12)) {
            throw encoder.wrong(older, "above 1");
        }
        return theta;
    }
}

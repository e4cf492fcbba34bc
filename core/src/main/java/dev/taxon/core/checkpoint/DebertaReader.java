package dev.taxon.core.checkpoint;

import dev.taxon.core.checkpoint.DebertaConfig.Convolution;
import dev.taxon.core.checkpoint.DebertaConfig.Relative;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code encoder_config} of a DeBERTa v2 or v3 backbone. Absent keys mean what they mean in transformers. */
final class DebertaReader {
    private static final String CONTENT_TO_POSITION = "c2p";
    private static final String POSITION_TO_CONTENT = "p2c";

    private final JsonFile encoder;

    private DebertaReader(JsonFile encoder) {
        this.encoder = encoder;
    }

    static DebertaConfig read(JsonFile encoder) {
        encoder.only("hidden_act", "gelu", "gelu");
        return new DebertaReader(encoder).config();
    }

    private DebertaConfig config() {
        int vocabulary = EncoderReader.vocabulary(encoder);
        int hidden = EncoderReader.hidden(encoder);
        int positions = encoder.integer("max_position_embeddings", 512, 3, EncoderConfig.UNLIMITED_POSITIONS);
        boolean biased = encoder.flag("position_biased_input", true);
        List<String> kinds = kinds();
        int layers = EncoderReader.layers(encoder);
        return new DebertaConfig(
                vocabulary,
                hidden,
                layers,
                EncoderReader.heads(encoder, hidden),
                EncoderReader.intermediate(encoder),
                biased ? positions : EncoderConfig.UNLIMITED_POSITIONS,
                EncoderReader.epsilon(encoder, "layer_norm_eps", 1e-7),
                encoder.integer("pad_token_id", 0, 0, vocabulary - 1),
                encoder.integer("embedding_size", hidden, 1, 1 << 17),
                biased,
                positions,
                encoder.integer("type_vocab_size", 0, 0, 1024),
                relative(kinds, positions),
                kinds,
                convolution(hidden, layers));
    }

    private Optional<Relative> relative(List<String> kinds, int positions) {
        if (!encoder.flag("relative_attention", false)) {
            return Optional.empty();
        }
        int given = encoder.integer("max_relative_positions", -1, -1, EncoderConfig.UNLIMITED_POSITIONS);
        int buckets = encoder.integer("position_buckets", -1, -1, EncoderConfig.UNLIMITED_POSITIONS);
        int farthest = given < 1 ? positions : given;
        if (buckets > 0 && (buckets < 4 || farthest - 1 <= buckets / 2)) {
            throw encoder.wrong("position_buckets", "at least 4, and below twice the farthest distance " + farthest);
        }
        return Optional.of(new Relative(
                Math.max(0, buckets),
                farthest,
                norms().contains("layer_norm"),
                encoder.flag("share_att_key", false),
                kinds.contains(CONTENT_TO_POSITION),
                kinds.contains(POSITION_TO_CONTENT)));
    }

    private List<String> norms() {
        List<String> norms = split(encoder.string("norm_rel_ebd", "none"));
        if (!List.of("layer_norm", "none").containsAll(norms)) {
            throw encoder.unsupported("norm_rel_ebd", "layer_norm and none");
        }
        return norms;
    }

    /** The kinds of distance scores, given as a list or as words between bars; sorted. */
    private List<String> kinds() {
        Set<String> kinds = new TreeSet<>(encoder.words("pos_att_type"));
        kinds.remove("");
        kinds.remove("none");
        if (!Set.of(CONTENT_TO_POSITION, POSITION_TO_CONTENT).containsAll(kinds)) {
            throw encoder.unsupported("pos_att_type", CONTENT_TO_POSITION + " and " + POSITION_TO_CONTENT);
        }
        return List.copyOf(kinds);
    }

    private Optional<Convolution> convolution(int hidden, int layers) {
        int kernel = encoder.integer("conv_kernel_size", 0, 0, 255);
        if (kernel == 0) {
            return Optional.empty();
        }
        int groups = encoder.integer("conv_groups", 1, 1, hidden);
        if (kernel % 2 == 0 || layers < 2) {
            throw encoder.wrong("conv_kernel_size", "odd, in an encoder of two layers or more");
        }
        if (hidden % groups != 0) {
            throw encoder.wrong("conv_groups", "a divisor of hidden_size " + hidden);
        }
        return Optional.of(new Convolution(kernel, groups, activation()));
    }

    private Convolution.Activation activation() {
        return switch (encoder.string("conv_act", "tanh")) {
            case "tanh" -> Convolution.Activation.TANH;
            case "gelu" -> Convolution.Activation.GELU;
            case "relu" -> Convolution.Activation.RELU;
            default -> throw encoder.unsupported("conv_act", "tanh, gelu and relu");
        };
    }

    private static List<String> split(String words) {
        return Arrays.stream(words.split("\\|", -1))
                .map(String::strip)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }
}

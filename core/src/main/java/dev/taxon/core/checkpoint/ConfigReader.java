package dev.taxon.core.checkpoint;

import dev.taxon.core.checkpoint.ModelConfig.ClassPooling;
import dev.taxon.core.checkpoint.ModelConfig.Layout;
import dev.taxon.core.checkpoint.ModelConfig.ScorerKind;
import dev.taxon.core.checkpoint.ModelConfig.TextPooling;
import java.util.Optional;

/**
 * Reads config.json of a GLiClass checkpoint, or of one in Taxon's late-mixing layout. What this version cannot run is
 * refused by name with the value found, so that no option is ever silently ignored. Absent keys mean what they mean in
 * the reference.
 */
final class ConfigReader {
    static final String LATE_MIXING = "late-mixing";
    static final String UNI_ENCODER = "uni-encoder";
    private static final int LARGEST_SIZE = 1 << 17;
    /** Every answer carries the name. */
    private static final int LONGEST_NAME = 200;

    private final JsonFile json;
    private final String name;

    private ConfigReader(JsonFile json, String name) {
        this.json = json;
        this.name = name;
    }

    /**
     * A model's configuration and where the tensors come from that it does not ship itself.
     *
     * @param base name of the base encoder, such as {@code bge-small-en-v1.5}
     */
    record Parsed(ModelConfig model, Optional<String> base) {}

    /**
     * Reads a configuration.
     *
     * @param source what messages call the file
     * @param name the model's name where the file gives none
     */
    static Parsed read(String source, byte[] bytes, String name) {
        return new ConfigReader(JsonFile.parse(source, bytes), name).parsed();
    }

    private Parsed parsed() {
        EncoderConfig encoder = encoder();
        return switch (json.string("architecture_type", UNI_ENCODER)) {
            case UNI_ENCODER -> new Parsed(joint(encoder), Optional.empty());
            case LATE_MIXING -> new Parsed(lateMixing(encoder), base());
            default -> throw json.unsupported("architecture_type", UNI_ENCODER + " and " + LATE_MIXING);
        };
    }

    private String name() {
        String given = json.string("name", name);
        boolean printable = given.chars().noneMatch(Character::isISOControl);
        if (json.has("name") && (given.isBlank() || given.length() > LONGEST_NAME || !printable)) {
            throw json.wrong("name", "1 to %d printable characters".formatted(LONGEST_NAME));
        }
        return given;
    }

    private Optional<String> base() {
        return json.has("base") ? Optional.of(json.string("base", "")) : Optional.empty();
    }

    private EncoderConfig encoder() {
        JsonFile encoder = json.object("encoder_config").orElseThrow(() -> json.wrong("encoder_config", "an object"));
        only(encoder, "model_type", "absent", "bert");
        only(encoder, "hidden_act", "gelu", "gelu");
        only(encoder, "position_embedding_type", "absolute", "absolute");
        refuse(encoder, "is_decoder");
        refuse(encoder, "add_cross_attention");
        int vocabulary = encoder.integer("vocab_size", 1, 1 << 24);
        int hidden = encoder.integer("hidden_size", 1, LARGEST_SIZE);
        int heads = encoder.integer("num_attention_heads", 1, hidden);
        if (hidden % heads != 0) {
            throw encoder.wrong("num_attention_heads", "a divisor of hidden_size " + hidden);
        }
        double epsilon = encoder.number("layer_norm_eps", 1e-12);
        if (!(epsilon > 0 && epsilon < 1)) {
            throw encoder.wrong("layer_norm_eps", "between 0 and 1");
        }
        return new EncoderConfig(
                vocabulary,
                hidden,
                encoder.integer("num_hidden_layers", 1, 1000),
                heads,
                encoder.integer("intermediate_size", 1, LARGEST_SIZE),
                encoder.integer("max_position_embeddings", 3, 1 << 24),
                encoder.integer("type_vocab_size", 2, 1, 1024),
                epsilon,
                encoder.integer("pad_token_id", 0, 0, vocabulary - 1));
    }

    private ModelConfig joint(EncoderConfig encoder) {
        refuseWhatIsNotBuilt();
        int vocabulary = json.integer("vocab_size", encoder.vocabularySize(), -1, 1 << 24);
        int firstMarker = vocabulary < 0 ? encoder.vocabularySize() : vocabulary;
        return new ModelConfig(
                name(),
                encoder,
                new Layout.Joint(),
                textPooling(),
                classPooling(),
                json.flag("embed_class_token", true),
                scorer(),
                json.flag("normalize_features", false),
                marker("class_token_index", firstMarker, encoder),
                marker("text_token_index", firstMarker + 1, encoder),
                json.flag("prompt_first", false));
    }

    private ModelConfig lateMixing(EncoderConfig encoder) {
        refuseWhatIsNotBuilt();
        only(json, "pooling_strategy", "first", "first");
        only(json, "class_token_pooling", "first", "first");
        only(json, "scorer_type", "simple", "simple");
        requireFlag("normalize_features", true);
        requireFlag("embed_class_token", true);
        requireFlag("prompt_first", false);
        requireNoMarker("class_token_index");
        requireNoMarker("text_token_index");
        int mixing = json.integer("mixing_layers", 1, encoder.layers());
        return new ModelConfig(
                name(),
                encoder,
                new Layout.LateMixing(mixing),
                TextPooling.FIRST,
                ClassPooling.FIRST,
                true,
                ScorerKind.SIMPLE,
                true,
                ModelConfig.NO_TOKEN,
                ModelConfig.NO_TOKEN,
                false);
    }

    private void requireFlag(String key, boolean supported) {
        if (json.flag(key, supported) != supported) {
            throw json.unsupported(key, String.valueOf(supported));
        }
    }

    /** The mark of late mixing is an embedding of its own, not a token. */
    private void requireNoMarker(String key) {
        int none = ModelConfig.NO_TOKEN;
        if (json.integer(key, none, Integer.MIN_VALUE, Integer.MAX_VALUE) != none) {
            throw json.unsupported(key, none + " (none)");
        }
    }

    private void refuseWhatIsNotBuilt() {
        refuse(json, "use_lstm");
        refuse(json, "extract_text_features");
        refuse(json, "use_segment_embeddings");
        refuse(json, "squeeze_layers");
        refuse(json, "layer_wise");
        if (json.integer("encoder_layer_id", -1, Integer.MIN_VALUE, Integer.MAX_VALUE) != -1) {
            throw json.unsupported("encoder_layer_id", "-1 (the last layer)");
        }
        only(json, "projector_hidden_act", "gelu", "gelu");
    }

    private TextPooling textPooling() {
        return switch (json.string("pooling_strategy", "first")) {
            case "first" -> TextPooling.FIRST;
            case "avg" -> TextPooling.AVG;
            default -> throw json.unsupported("pooling_strategy", "first and avg");
        };
    }

    private ClassPooling classPooling() {
        return switch (json.string("class_token_pooling", "first")) {
            case "first" -> ClassPooling.FIRST;
            case "average" -> ClassPooling.AVERAGE;
            default -> throw json.unsupported("class_token_pooling", "first and average");
        };
    }

    private ScorerKind scorer() {
        return switch (json.string("scorer_type", "simple")) {
            case "simple" -> ScorerKind.SIMPLE;
            case "mlp" -> ScorerKind.MLP;
            default -> throw json.unsupported("scorer_type", "simple and mlp");
        };
    }

    private int marker(String key, int whenUnset, EncoderConfig encoder) {
        int given = json.integer(key, -1, -1, encoder.vocabularySize() - 1);
        int id = given == -1 ? whenUnset : given;
        if (id >= encoder.vocabularySize()) {
            throw json.wrong(
                    key,
                    "the marker's id below vocab_size %d of the encoder (unset it would be %d)"
                            .formatted(encoder.vocabularySize(), id));
        }
        return id;
    }

    private static void only(JsonFile json, String key, String whenAbsent, String supported) {
        if (!json.string(key, whenAbsent).equals(supported)) {
            throw json.unsupported(key, supported);
        }
    }

    private static void refuse(JsonFile json, String key) {
        if (json.flag(key, false)) {
            throw json.unsupported(key, "false");
        }
    }
}

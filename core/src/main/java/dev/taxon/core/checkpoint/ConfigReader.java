package dev.taxon.core.checkpoint;

import java.util.Optional;

/**
 * Reads config.json of a GLiClass checkpoint, or of one in Taxon's late-mixing layout. What this version cannot run is
 * refused by name with the value found, so that no option is ever silently ignored. Absent keys mean what they mean in
 * the reference.
 */
final class ConfigReader {
    static final String LATE_MIXING = "late-mixing";
    static final String UNI_ENCODER = "uni-encoder";
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
        return EncoderReader.read(
                json.object("encoder_config").orElseThrow(() -> json.wrong("encoder_config", "an object")));
    }

    private ModelConfig joint(EncoderConfig encoder) {
        return new ModelConfig(name(), encoder, JointReader.read(json, encoder));
    }

    private ModelConfig lateMixing(EncoderConfig encoder) {
        if (!(encoder instanceof BertConfig)) {
            throw json.unsupported("architecture_type", UNI_ENCODER + " for this backbone; late mixing runs on bert");
        }
        JointReader.refuseWhatCannotRun(json);
        json.refuse("use_lstm");
        json.refuse("extract_text_features");
        json.refuse("use_segment_embeddings");
        if (json.integer("encoder_layer_id", -1, Integer.MIN_VALUE, Integer.MAX_VALUE) != -1) {
            throw json.unsupported("encoder_layer_id", "-1 (the last layer)");
        }
        json.only("projector_hidden_act", "gelu", "gelu");
        json.only("pooling_strategy", "first", "first");
        json.only("class_token_pooling", "first", "first");
        json.only("scorer_type", "simple", "simple");
        requireFlag("normalize_features", true);
        requireFlag("embed_class_token", true);
        requireFlag("prompt_first", false);
        requireNoMarker("class_token_index");
        requireNoMarker("text_token_index");
        return new ModelConfig(
                name(), encoder, new Layout.LateMixing(json.integer("mixing_layers", 1, encoder.layers())));
    }

    private void requireFlag(String key, boolean supported) {
        if (json.flag(key, supported) != supported) {
            throw json.unsupported(key, String.valueOf(supported));
        }
    }

    /** The mark of late mixing is an embedding of its own, not a token. */
    private void requireNoMarker(String key) {
        int none = -1;
        if (json.integer(key, none, Integer.MIN_VALUE, Integer.MAX_VALUE) != none) {
            throw json.unsupported(key, none + " (none)");
        }
    }
}

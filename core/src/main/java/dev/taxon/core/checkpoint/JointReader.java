package dev.taxon.core.checkpoint;

/** Reads what config.json says of the reference's layout. Absent keys mean what they mean in the reference. */
final class JointReader {
    private final JsonFile json;
    private final EncoderConfig encoder;

    private JointReader(JsonFile json, EncoderConfig encoder) {
        this.json = json;
        this.encoder = encoder;
    }

    static Layout.Joint read(JsonFile json, EncoderConfig encoder) {
        refuseWhatIsNotBuilt(json);
        return new JointReader(json, encoder).layout();
    }

    private Layout.Joint layout() {
        int vocabulary = json.integer("vocab_size", encoder.vocabularySize(), -1, 1 << 24);
        int firstMarker = vocabulary < 0 ? encoder.vocabularySize() : vocabulary;
        return new Layout.Joint(
                textPooling(),
                classPooling(),
                json.flag("embed_class_token", true),
                scorer(),
                json.flag("normalize_features", false),
                json.flag("prompt_first", false),
                marker("class_token_index", firstMarker),
                marker("text_token_index", firstMarker + 1));
    }

    static void refuseWhatIsNotBuilt(JsonFile json) {
        json.refuse("use_lstm");
        json.refuse("extract_text_features");
        json.refuse("use_segment_embeddings");
        json.refuse("squeeze_layers");
        json.refuse("layer_wise");
        if (json.integer("encoder_layer_id", -1, Integer.MIN_VALUE, Integer.MAX_VALUE) != -1) {
            throw json.unsupported("encoder_layer_id", "-1 (the last layer)");
        }
        json.only("projector_hidden_act", "gelu", "gelu");
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

    private int marker(String key, int whenUnset) {
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
}

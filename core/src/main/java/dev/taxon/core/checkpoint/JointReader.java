package dev.taxon.core.checkpoint;

import dev.taxon.core.checkpoint.Layout.LabelFeature;
import dev.taxon.core.checkpoint.Layout.MarkerIds;
import dev.taxon.core.checkpoint.Layout.Scorer;
import dev.taxon.core.checkpoint.Layout.TextFeature;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what config.json says of the reference's layout. Absent keys mean what they mean in the reference. */
final class JointReader {
    private static final int LARGEST_SIZE = 1 << 17;

    private final JsonFile json;
    private final EncoderConfig encoder;

    private JointReader(JsonFile json, EncoderConfig encoder) {
        this.json = json;
        this.encoder = encoder;
    }

    static Layout.Joint read(JsonFile json, EncoderConfig encoder) {
        refuseWhatCannotRun(json);
        return new JointReader(json, encoder).layout();
    }

    /** What the reference has names for and cannot run itself, or runs in training alone. */
    static void refuseWhatCannotRun(JsonFile json) {
        json.refuse("squeeze_layers");
        json.refuse("layer_wise");
    }

    private Layout.Joint layout() {
        boolean recurs = json.flag("use_lstm", false);
        Scorer scorer = scorer();
        boolean segments = json.flag("use_segment_embeddings", false);
        requireFeatureSize(recurs || scorer.kind() != ScorerKind.SIMPLE);
        requireWordSize(segments);
        return new Layout.Joint(
                new TextFeature(textPooling(scorer), json.flag("extract_text_features", false), recurs),
                new LabelFeature(classPooling(), json.flag("embed_class_token", true)),
                scorer,
                json.flag("normalize_features", false),
                activation(),
                projectorSize(),
                depth(),
                segments,
                json.flag("prompt_first", false),
                markers());
    }

    private int projectorSize() {
        return json.integer("hidden_size", encoder.hiddenSize(), 1, LARGEST_SIZE);
    }

    private void requireFeatureSize(boolean readsFeatures) {
        if (readsFeatures && projectorSize() != encoder.hiddenSize()) {
            throw json.wrong("hidden_size", "the encoder's, " + encoder.hiddenSize() + ", for this scorer or LSTM");
        }
    }

    private void requireWordSize(boolean segments) {
        if (segments && encoder instanceof DebertaConfig deberta && deberta.embeddingSize() != deberta.hiddenSize()) {
            throw json.unsupported(
                    "use_segment_embeddings", "false where word vectors are not of the encoder's hidden size");
        }
    }

    private TextPooling textPooling(Scorer scorer) {
        TextPooling pooling = choice("pooling_strategy", "first", TextPooling.values(), TextPooling::key);
        boolean readsTokens = scorer.kind() == ScorerKind.CROSS_ATTENTION;
        if (readsTokens != (pooling == TextPooling.PASS)) {
            throw json.wrong("pooling_strategy", readsTokens ? "pass for scorer_type cross-attn" : "another than pass");
        }
        return pooling;
    }

    private ClassPooling classPooling() {
        return choice("class_token_pooling", "first", ClassPooling.values(), ClassPooling::key);
    }

    private Scorer scorer() {
        ScorerKind kind = choice("scorer_type", "simple", ScorerKind.values(), ScorerKind::key);
        int heads = json.integer("scorer_num_heads", 16, 1, LARGEST_SIZE);
        if (kind == ScorerKind.CROSS_ATTENTION && encoder.hiddenSize() % heads != 0) {
            throw json.wrong("scorer_num_heads", "a divisor of hidden_size " + encoder.hiddenSize());
        }
        return new Scorer(kind, heads, json.integer("scorer_mlp_hidden_size", 1024, 2, LARGEST_SIZE));
    }

    private Activation activation() {
        String key = json.string("projector_hidden_act", "gelu");
        return Arrays.stream(Activation.values())
                .filter(activation -> activation.keys().contains(key))
                .findFirst()
                .orElseThrow(() -> json.unsupported(
                        "projector_hidden_act",
                        Arrays.stream(Activation.values())
                                .flatMap(activation -> activation.keys().stream())
                                .collect(Collectors.joining(", "))));
    }

    /** {@code encoder_layer_id} counts the embeddings as 0, and from the end below 0. */
    private int depth() {
        int layers = encoder.layers();
        int given = json.integer("encoder_layer_id", -1, -layers - 1, layers);
        return given < 0 ? layers + 1 + given : given;
    }

    private MarkerIds markers() {
        int vocabulary = json.integer("vocab_size", encoder.vocabularySize(), -1, 1 << 24);
        int first = vocabulary < 0 ? encoder.vocabularySize() : vocabulary;
        int example = json.integer("example_token_index", -1, -1, Integer.MAX_VALUE);
        int unset = first + 2 < encoder.vocabularySize() ? first + 2 : -1;
        return new MarkerIds(
                marker("class_token_index", first),
                marker("text_token_index", first + 1),
                example >= 0 && example < encoder.vocabularySize() ? example : unset);
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

    private <T> T choice(String key, String whenAbsent, T[] values, Function<T, String> nameOf) {
        String given = json.string(key, whenAbsent);
        return Arrays.stream(values)
                .filter(value -> nameOf.apply(value).equals(given))
                .findFirst()
                .orElseThrow(() ->
                        json.unsupported(key, Arrays.stream(values).map(nameOf).collect(Collectors.joining(", "))));
    }
}

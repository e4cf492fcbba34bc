package dev.taxon.core.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors that a configuration needs, by name and shape; the one place where layouts list them. */
public final class WeightShapes {
    /** What every encoder tensor's name begins with. */
    static final String ENCODER = "model.encoder_model.";

    private final ModelConfig config;
    private final EncoderConfig encoder;
    private final Map<String, List<Long>> shapes = new LinkedHashMap<>();

    private WeightShapes(ModelConfig config) {
        this.config = config;
        this.encoder = config.encoder();
    }

    /** Every tensor the model reads, in a fixed order; what else a checkpoint holds (the pooler) is not used. */
    public static Map<String, List<Long>> of(ModelConfig config) {
        WeightShapes layout = new WeightShapes(config);
        layout.addEncoder();
        layout.addHeads();
        return layout.shapes;
    }

    /** The encoder's tensors alone. */
    public static Map<String, List<Long>> ofEncoder(ModelConfig config) {
        WeightShapes layout = new WeightShapes(config);
        layout.addEncoder();
        return layout.shapes;
    }

    /**
     * Checks that every tensor is there, of the right shape, and finite throughout.
     *
     * @throws CheckpointException naming the first tensor that is not
     */
    public static void check(ModelConfig config, Weights weights) {
        check(of(config), weights);
    }

    static void check(Map<String, List<Long>> expected, Weights weights) {
        expected.forEach((name, shape) -> checkShape(weights, name, shape));
        expected.keySet().forEach(name -> checkFinite(weights, name));
    }

    private static void checkShape(Weights weights, String name, List<Long> expected) {
        if (!weights.names().contains(name)) {
            throw new CheckpointException("The checkpoint lacks tensor '%s' of shape %s that its config.json calls for."
                    .formatted(name, expected));
        }
        TensorInfo info = weights.info(name);
        if (!info.shape().equals(expected)) {
            throw new CheckpointException(
                    "Tensor '%s' has shape %s where config.json calls for %s.".formatted(name, info.shape(), expected));
        }
        if (info.type() == ElementType.I64) {
            throw new CheckpointException(
                    "Tensor '%s' holds integers (I64) where floating-point numbers belong.".formatted(name));
        }
    }

    private static void checkFinite(Weights weights, String name) {
        ByteBuffer bytes = weights.bytes(name);
        boolean finite = switch (weights.info(name).type()) {
            case F32 -> isFinite32(bytes);
            case F16 -> isFinite16(bytes, 0x7C00);
            case BF16 -> isFinite16(bytes, 0x7F80);
            case I64 -> true;
        };
        if (!finite) {
            throw new CheckpointException(
                    "Tensor '%s' holds values that are not finite (NaN or infinity); the checkpoint is damaged."
                            .formatted(name));
        }
    }

    private static boolean isFinite32(ByteBuffer bytes) {
        for (int i = 0; i < bytes.limit(); i += Integer.BYTES) {
            if ((bytes.getInt(i) & 0x7F800000) == 0x7F800000) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFinite16(ByteBuffer bytes, int exponentMask) {
        for (int i = 0; i < bytes.limit(); i += Short.BYTES) {
            if ((bytes.getShort(i) & exponentMask) == exponentMask) {
                return false;
            }
        }
        return true;
    }

    private void addEncoder() {
        int hidden = encoder.hiddenSize();
        String embeddings = ENCODER + "embeddings.";
        add(embeddings + "word_embeddings.weight", encoder.vocabularySize(), hidden);
        add(embeddings + "position_embeddings.weight", encoder.positions(), hidden);
        add(embeddings + "token_type_embeddings.weight", encoder.tokenTypes(), hidden);
        addNorm(embeddings + "LayerNorm");
        for (int layer = 0; layer < encoder.layers(); layer++) {
            addLayer(ENCODER + "encoder.layer." + layer + ".");
        }
    }

    private void addLayer(String layer) {
        int hidden = encoder.hiddenSize();
        addLinear(layer + "attention.self.query", hidden, hidden);
        addLinear(layer + "attention.self.key", hidden, hidden);
        addLinear(layer + "attention.self.value", hidden, hidden);
        addLinear(layer + "attention.output.dense", hidden, hidden);
        addNorm(layer + "attention.output.LayerNorm");
        addLinear(layer + "intermediate.dense", encoder.intermediateSize(), hidden);
        addLinear(layer + "output.dense", hidden, encoder.intermediateSize());
        addNorm(layer + "output.LayerNorm");
    }

    private void addHeads() {
        addProjector("model.text_projector.");
        addProjector("model.classes_projector.");
        if (config.layout() instanceof ModelConfig.Layout.LateMixing) {
            addLateMixing();
        } else {
            addJointScorer();
        }
    }

    private void addLateMixing() {
        add("model.mark_embedding", encoder.hiddenSize());
        // The matcher reads mark, text and their product, and has one hidden layer.
        addLinear("model.scorer.mlp.0", encoder.hiddenSize(), 3L * encoder.hiddenSize());
        addLinear("model.scorer.mlp.2", 1, encoder.hiddenSize());
        add("model.logit_scale");
        add("model.logit_bias");
    }

    private void addJointScorer() {
        if (config.normalizeFeatures()) {
            add("model.logit_scale");
        }
        if (config.scorer() == ModelConfig.ScorerKind.MLP) {
            // The reference's sizes; its scorer_mlp_hidden_size never reaches the scorer.
            addLinear("model.scorer.mlp.0", 256, 2L * encoder.hiddenSize());
            addLinear("model.scorer.mlp.2", 128, 256);
            addLinear("model.scorer.mlp.4", 1, 128);
        }
    }

    private void addProjector(String projector) {
        addLinear(projector + "linear_1", encoder.hiddenSize(), encoder.hiddenSize());
        addLinear(projector + "linear_2", encoder.hiddenSize(), encoder.hiddenSize());
    }

    private void addLinear(String name, long out, long in) {
        add(name + ".weight", out, in);
        add(name + ".bias", out);
    }

    private void addNorm(String name) {
        add(name + ".weight", encoder.hiddenSize());
        add(name + ".bias", encoder.hiddenSize());
    }

    private void add(String name, long... shape) {
        shapes.put(name, Arrays.stream(shape).boxed().toList());
    }
}

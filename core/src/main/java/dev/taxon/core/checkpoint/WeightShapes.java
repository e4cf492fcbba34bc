package dev.taxon.core.checkpoint;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** The tensors that a configuration needs, by name and shape; the one place where layouts list them. */
public final class WeightShapes {
    /** What every encoder tensor's name begins with. */
    static final String ENCODER = "model.encoder_model.";

    private WeightShapes() {}

    /** Every tensor the model reads, in a fixed order; what else a checkpoint holds (the pooler) is not used. */
    public static Map<String, List<Long>> of(ModelConfig config) {
        return listed(config).shapes();
    }

    /** The encoder's tensors alone. */
    public static Map<String, List<Long>> ofEncoder(ModelConfig config) {
        return encoder(config).shapes();
    }

    /** Shapes [out, in] of the model's linear layers by name, the encoder's first: what adapters adapt. */
    public static Map<String, List<Long>> linearLayers(ModelConfig config) {
        return listed(config).linears();
    }

    /** How many of {@link #linearLayers} are the encoder's. */
    public static int encoderLinearLayers(ModelConfig config) {
        return encoder(config).linears().size();
    }

    private static ShapeList listed(ModelConfig config) {
        ShapeList shapes = encoder(config);
        HeadShapes.add(config, shapes);
        return shapes;
    }

    private static ShapeList encoder(ModelConfig config) {
        ShapeList shapes = new ShapeList();
        if (config.encoder() instanceof BertConfig bert) {
            BertShapes.add(bert, shapes);
        } else if (config.encoder() instanceof ModernBertConfig modernBert) {
            ModernBertShapes.add(modernBert, shapes);
        }
        return shapes;
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
}

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.ElementType;
import dev.taxon.core.checkpoint.Float32;
import dev.taxon.core.checkpoint.SafetensorsWriter;
import dev.taxon.core.checkpoint.TensorInfo;
import dev.taxon.core.checkpoint.WeightShapes;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Averages the weights of taxon-small's stages, with shares that go evenly from the encoder's first layer to its last:
 * what training forgets, it forgets in the upper layers. What is not the encoder's is the first stage's, save that the
 * last products of projectors and scorer are zero, so that a logit is the scaled cosine of the encoder's two embeddings.
 *
 * <p>Usage: {@code java -cp CLASSPATH BlendWeights.java FIRST-STAGE SECOND-STAGE OUT-FOLDER SHARES}, where FIRST-STAGE
 * is a model of which 0.4 is trained, and SHARES are four numbers: of the first stage in the lowest and in the highest
 * layer, then of the second stage.
 */
final class BlendWeights {
    private static final double FIRST_STAGE_SHARE = 0.4;

    /** From a cosine to a logit: on research tasks the likeliest scale, and the first version's F1 at one half. */
    private static final Map<String, Float> SCALE = Map.of("model.logit_scale", 24f, "model.logit_bias", -14.9f);

    private static final String ENCODER = "model.encoder_model.";
    private static final String WORDS = ENCODER + "embeddings.word_embeddings.weight";
    private static final Pattern LAYER = Pattern.compile("\\.layer\\.(\\d+)\\.");
    private static final int LAST_LAYER = 11;

    private record Shares(double lowest, double highest) {
        double of(String name) {
            Matcher layer = LAYER.matcher(name);
            int number = layer.find() ? Integer.parseInt(layer.group(1)) : 0;
            return lowest + (highest - lowest) * number / LAST_LAYER;
        }
    }

    private final Checkpoint base;
    private final Checkpoint first;
    private final Checkpoint second;

    private BlendWeights(Checkpoint base, Checkpoint first, Checkpoint second) {
        this.base = base;
        this.first = first;
        this.second = second;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 7) {
            System.err.println("Usage: BlendWeights FIRST-STAGE SECOND-STAGE OUT-FOLDER LOW HIGH SECOND-LOW SECOND-HIGH");
            System.exit(2);
        }
        Path out = Files.createDirectories(Path.of(arguments[2]));
        Shares ofFirst = new Shares(Double.parseDouble(arguments[3]), Double.parseDouble(arguments[4]));
        Shares ofSecond = new Shares(Double.parseDouble(arguments[5]), Double.parseDouble(arguments[6]));
        try (Checkpoint base = Checkpoints.ofBase("bge-small-en-v1.5", 2);
                Checkpoint start = Checkpoints.open(Path.of(arguments[0]));
                Checkpoint end = Checkpoints.open(Path.of(arguments[1]))) {
            new BlendWeights(base, start, end).write(out.resolve("model.safetensors"), ofFirst, ofSecond);
        }
        Files.copy(Path.of(arguments[0]).resolve("config.json"), out.resolve("config.json"), StandardCopyOption.REPLACE_EXISTING);
    }

    private void write(Path file, Shares ofFirst, Shares ofSecond) {
        SafetensorsWriter writer = new SafetensorsWriter(Map.of("format", "pt"));
        for (Map.Entry<String, List<Long>> weight : WeightShapes.of(second.config()).entrySet()) {
            String name = weight.getKey();
            if (!name.equals(WORDS)) {
                writer.add(
                        new TensorInfo(name, ElementType.F16, weight.getValue()),
                        () -> Float32.toHalf(value(name, ofFirst.of(name), ofSecond.of(name))));
            }
        }
        writer.write(file);
    }

    private FloatBuffer value(String name, double ofFirst, double ofSecond) {
        float[] start = read(first, name);
        if (name.startsWith(ENCODER)) {
            return FloatBuffer.wrap(blend(read(base, name), start, read(second, name), ofFirst, ofSecond));
        }
        if (SCALE.containsKey(name)) {
            return FloatBuffer.wrap(new float[] {SCALE.get(name)});
        }
        boolean lastProduct = name.contains("projector.linear_2.") || name.contains("scorer.mlp.2.");
        return FloatBuffer.wrap(lastProduct ? new float[start.length] : start);
    }

    private static float[] blend(float[] base, float[] first, float[] second, double ofFirst, double ofSecond) {
        float[] values = new float[base.length];
        for (int i = 0; i < values.length; i++) {
            double learnedFirst = (first[i] - base[i]) / FIRST_STAGE_SHARE;
            values[i] = (float) (base[i] + ofFirst * learnedFirst + ofSecond * (second[i] - first[i]));
        }
        return values;
    }

    private static float[] read(Checkpoint checkpoint, String name) {
        FloatBuffer buffer = Float32.read(checkpoint.weights(), name);
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}

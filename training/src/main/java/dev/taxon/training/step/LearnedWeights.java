package dev.taxon.training.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Float32;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.checkpoint.Weights;
import dev.taxon.core.torch.WeightLoader;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights that learn, in a fixed order, and where they come from and go to. Reads from the checkpoint when it loads
 * and when it exports: what it does not learn, and what training started from where that stays a part.
 */
final class LearnedWeights {
    static final String WORDS = "model.encoder_model.embeddings.word_embeddings.weight";
    private static final String ENCODER = "model.encoder_model.";

    private final Checkpoint checkpoint;
    private final Map<String, List<Long>> shapes;
    private final HeadInitializer initializer;

    private LearnedWeights(Checkpoint checkpoint, Map<String, List<Long>> shapes, HeadInitializer initializer) {
        this.checkpoint = checkpoint;
        this.shapes = shapes;
        this.initializer = initializer;
    }

    static LearnedWeights of(Checkpoint checkpoint, long seed) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>(WeightShapes.of(checkpoint.config()));
        shapes.remove(WORDS);
        return new LearnedWeights(checkpoint, shapes, new HeadInitializer(checkpoint, seed));
    }

    /** Every learned tensor's name, in order. */
    List<String> names() {
        return List.copyOf(shapes.keySet());
    }

    /** The weights to start from, fp32, owned by the manager; heads that the checkpoint lacks are initialised. */
    Map<String, NDArray> load(NDManager manager) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> tensors.put(name, array(start(name, shape), shape, manager)));
        return tensors;
    }

    private FloatBuffer start(String name, List<Long> shape) {
        Weights weights = checkpoint.weights();
        return weights.names().contains(name) ? Float32.read(weights, name) : initializer.initialize(name, shape);
    }

    /** The word embeddings, fp32, owned by the manager. */
    NDArray words(NDManager manager) {
        Weights weights = checkpoint.weights();
        return array(Float32.read(weights, WORDS), weights.info(WORDS).shape(), manager);
    }

    /** 0 and 1 for the encoder's matrices and vectors, 2 and 3 for those of all else. */
    long[] groups() {
        return shapes.entrySet().stream()
                .mapToLong(entry -> (entry.getKey().startsWith(ENCODER) ? 0 : 2)
                        + (entry.getValue().size() > 1 ? 0 : 1))
                .toArray();
    }

    /** Writes weights and both moments, as {@code tensors} of the program gives them. */
    void write(Path file, List<NDArray> tensors) {
        CheckpointFiles.write(file, OptimiserState.names(names()), tensors);
    }

    /** Reads what {@link #write} wrote, owned by the manager. */
    List<NDArray> read(Path file, NDManager manager) {
        return OptimiserState.read(file, names(), manager);
    }

    /** Writes a checkpoint folder of the weights, the first of the tensors that {@link #write} takes. */
    void export(Path folder, String name, List<NDArray> tensors, double trainedShare) {
        CheckpointFiles.export(folder, name, checkpoint, blended(tensors, trainedShare));
    }

    private List<StoredTensor> blended(List<NDArray> tensors, double trainedShare) {
        List<StoredTensor> stored = new ArrayList<>();
        for (String name : shapes.keySet()) {
            NDArray trained = tensors.get(stored.size());
            List<Long> shape = shapes.getOrDefault(name, List.of());
            stored.add(new StoredTensor(
                    name,
                    shape,
                    () -> trainedShare == 1
                            ? FloatBuffer.wrap(trained.toFloatArray())
                            : blend(trained, start(name, shape), trainedShare)));
        }
        return stored;
    }

    private static FloatBuffer blend(NDArray trained, FloatBuffer start, double trainedShare) {
        float[] values = trained.toFloatArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (trainedShare * values[i] + (1 - trainedShare) * start.get(start.position() + i));
        }
        return FloatBuffer.wrap(values);
    }

    private static NDArray array(FloatBuffer values, List<Long> shape, NDManager manager) {
        long[] dimensions = shape.stream().mapToLong(Long::longValue).toArray();
        return WeightLoader.owned(manager.create(values, new Shape(dimensions), DataType.FLOAT32));
    }
}

package dev.taxon.training.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.LowRankUpdate;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.torch.WeightLoader;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The tensors of an adapter that learn: where they start, their names, and what they come to. */
final class AdapterWeights {
    private static final String DOWN = "/down";
    private static final String UP = "/up";
    private static final String ARGUMENT = "adapter.";

    private final AdapterShape shape;
    private final Map<String, List<Long>> layers;
    private final List<String> order;

    AdapterWeights(ModelConfig config, AdapterShape shape) {
        this.shape = shape;
        this.layers = WeightShapes.linearLayers(config);
        this.order = List.copyOf(layers.keySet());
        shape.ranks().keySet().forEach(this::number);
    }

    /** A down and an up for each layer in turn. */
    List<String> names() {
        return shape.ranks().keySet().stream()
                .flatMap(layer -> List.of(layer + DOWN, layer + UP).stream())
                .toList();
    }

    /** The layers by their numbers among the model's linear layers. */
    long[] numbers() {
        return shape.ranks().keySet().stream().mapToLong(this::number).toArray();
    }

    private int number(String layer) {
        int number = order.indexOf(layer);
        if (number < 0) {
            throw new IllegalArgumentException("The model has no linear layer " + layer + ".");
        }
        return number;
    }

    /**
     * An adapter that changes nothing yet: ups are zero, downs uniform as PEFT draws them (Kaiming, a = sqrt 5). Each
     * tensor draws from the seed and its name alone, so that the order of layers does not matter.
     */
    NDList fresh(long seed, NDManager manager) {
        NDList tensors = new NDList();
        shape.ranks().forEach((layer, rank) -> {
            float[] down = uniform(new SplittableRandom(seed ^ layer.hashCode()), rank * in(layer), in(layer));
            add(tensors, layer + DOWN, FloatBuffer.wrap(down), rank, in(layer), manager);
            add(tensors, layer + UP, FloatBuffer.allocate(out(layer) * rank), out(layer), rank, manager);
        });
        return tensors;
    }

    private static float[] uniform(SplittableRandom random, int size, int in) {
        double bound = 1 / Math.sqrt(in);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return values;
    }

    /** The adapter to go on from, whose layers and ranks are those of the shape. */
    NDList of(Adapter adapter, NDManager manager) {
        NDList tensors = new NDList();
        adapter.updates().forEach((layer, update) -> {
            add(tensors, layer + DOWN, update.down().duplicate().rewind(), update.rank(), update.in(), manager);
            FloatBuffer up = FloatBuffer.wrap(scaled(update.up(), 1 / shape.scale()));
            add(tensors, layer + UP, up, update.out(), update.rank(), manager);
        });
        return tensors;
    }

    private static void add(NDList tensors, String name, FloatBuffer values, int rows, int columns, NDManager manager) {
        NDArray tensor = WeightLoader.owned(manager.create(values, new Shape(rows, columns), DataType.FLOAT32));
        tensor.setName(ARGUMENT + name);
        tensors.add(tensor);
    }

    /** What tensors, in the order of the names, come to: updates scaled already. */
    Map<String, LowRankUpdate> updates(List<NDArray> tensors) {
        Map<String, LowRankUpdate> updates = new LinkedHashMap<>();
        List<String> adapted = new ArrayList<>(shape.ranks().keySet());
        for (int index = 0; index < adapted.size(); index++) {
            String layer = adapted.get(index);
            int rank = shape.ranks().getOrDefault(layer, 0);
            FloatBuffer down = FloatBuffer.wrap(tensors.get(2 * index).toFloatArray());
            FloatBuffer up = FloatBuffer.wrap(tensors.get(2 * index + 1).toFloatArray());
            float[] scaled = scaled(up, shape.scale());
            updates.put(layer, new LowRankUpdate(rank, in(layer), out(layer), down, FloatBuffer.wrap(scaled), null));
        }
        return updates;
    }

    private static float[] scaled(FloatBuffer values, double scale) {
        float[] scaled = new float[values.capacity()];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (values.get(i) * scale);
        }
        return scaled;
    }

    private int out(String layer) {
        return Math.toIntExact(layers.getOrDefault(layer, List.of()).get(0));
    }

    private int in(String layer) {
        return Math.toIntExact(layers.getOrDefault(layer, List.of()).get(1));
    }
}

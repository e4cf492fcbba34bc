package dev.taxon.core.adapter;

import dev.taxon.core.adapter.AdapterTensor.Part;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.ElementType;
import dev.taxon.core.checkpoint.Float32;
import dev.taxon.core.checkpoint.TensorInfo;
import dev.taxon.core.checkpoint.Weights;
import java.nio.FloatBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tensors of an adapter that change one linear layer, held against its shape. Not thread-safe. */
final class LayerTensors {
    private final String source;
    private final String layer;
    private final int out;
    private final int in;
    private final Map<Part, AdapterTensor> tensors = new EnumMap<>(Part.class);

    /**
     * None yet.
     *
     * @param shape of the layer's weight: [out, in]
     */
    LayerTensors(String source, String layer, List<Long> shape) {
        this.source = source;
        this.layer = layer;
        this.out = Math.toIntExact(shape.get(0));
        this.in = Math.toIntExact(shape.get(1));
    }

    void add(AdapterTensor tensor) {
        if (tensors.put(tensor.part(), tensor) != null) {
            throw AdapterTensor.refused(source, tensor.name(), "another tensor says the same of that layer");
        }
    }

    /** What the tensors make of the layer. */
    LowRankUpdate update(PeftConfig config, Weights weights, HeadWeights heads) {
        boolean replaces = tensors.containsKey(Part.WEIGHT) || tensors.containsKey(Part.BIAS);
        if (!replaces) {
            return lowRank(config, weights);
        }
        AdapterTensor down = tensors.get(Part.DOWN);
        if (down != null) {
            throw AdapterTensor.refused(source, down.name(), "the same layer is replaced as a whole");
        }
        return replacement(config, weights, heads);
    }

    private LowRankUpdate lowRank(PeftConfig config, Weights weights) {
        AdapterTensor down = required(Part.DOWN, "lora_A.weight");
        AdapterTensor up = required(Part.UP, "lora_B.weight");
        long rank = rank(weights.info(down.name()));
        double scale = config.scale(layer, (int) rank);
        AdapterTensor shift = tensors.get(Part.SHIFT);
        return new LowRankUpdate(
                (int) rank,
                in,
                out,
                read(weights, down, List.of(rank, (long) in), 1),
                read(weights, up, List.of((long) out, rank), scale),
                shift == null ? null : read(weights, shift, List.of((long) out), scale));
    }

    private long rank(TensorInfo down) {
        long rank = down.shape().size() == 2 ? down.shape().get(0) : 0;
        if (rank < 1 || rank > Integer.MAX_VALUE) {
            throw AdapterTensor.refused(
                    source, down.name(), "its shape is " + down.shape() + " where [rank, " + in + "] belongs");
        }
        return rank;
    }

    private AdapterTensor required(Part part, String ending) {
        AdapterTensor tensor = tensors.get(part);
        if (tensor == null) {
            throw new CheckpointException(
                    "%s changes layer '%s' without %s; save the adapter again.".formatted(source, layer, ending));
        }
        return tensor;
    }

    /** The difference to the base as an update of full rank, so that rows with and without it share the product. */
    private LowRankUpdate replacement(PeftConfig config, Weights weights, HeadWeights heads) {
        requireSaved(config);
        FloatBuffer base = heads.weight(layer);
        if (base == null) {
            throw new CheckpointException(
                    "%s replaces layer '%s', but Taxon replaces layers of the heads only.".formatted(source, layer));
        }
        AdapterTensor weight = tensors.get(Part.WEIGHT);
        FloatBuffer change = weight == null
                ? FloatBuffer.allocate(base.capacity())
                : difference(read(weights, weight, List.of((long) out, (long) in), 1), base);
        FloatBuffer shift = shift(weights, heads.bias(layer));
        return in <= out
                ? new LowRankUpdate(in, in, out, identity(in), change, shift)
                : new LowRankUpdate(out, in, out, change, identity(out), shift);
    }

    private void requireSaved(PeftConfig config) {
        boolean saved = config.modulesToSave().stream()
                .anyMatch(module -> layer.equals(module)
                        || layer.startsWith(module + ".")
                        || layer.endsWith("." + module)
                        || layer.contains("." + module + "."));
        if (!saved) {
            AdapterTensor tensor = tensors.values().iterator().next();
            throw AdapterTensor.refused(source, tensor.name(), "modules_to_save does not name its layer");
        }
    }

    private @Nullable FloatBuffer shift(Weights weights, @Nullable FloatBuffer base) {
        AdapterTensor bias = tensors.get(Part.BIAS);
        if (bias == null) {
            return null;
        }
        FloatBuffer own = read(weights, bias, List.of((long) out), 1);
        return base == null ? own : difference(own, base);
    }

    private static FloatBuffer difference(FloatBuffer left, FloatBuffer right) {
        FloatBuffer difference = FloatBuffer.allocate(left.capacity());
        for (int i = 0; i < left.capacity(); i++) {
            difference.put(i, left.get(i) - right.get(i));
        }
        return difference;
    }

    private static FloatBuffer identity(int size) {
        FloatBuffer identity = FloatBuffer.allocate(size * size);
        for (int i = 0; i < size; i++) {
            identity.put(i * size + i, 1);
        }
        return identity;
    }

    private FloatBuffer read(Weights weights, AdapterTensor tensor, List<Long> shape, double scale) {
        TensorInfo info = weights.info(tensor.name());
        if (!info.shape().equals(shape)) {
            throw AdapterTensor.refused(
                    source, tensor.name(), "its shape is " + info.shape() + " where " + shape + " belongs");
        }
        if (info.type() == ElementType.I64) {
            throw AdapterTensor.refused(source, tensor.name(), "it holds integers");
        }
        FloatBuffer read = Float32.read(weights, tensor.name());
        for (int i = 0; i < read.limit(); i++) {
            float value = (float) (read.get(i) * scale);
            if (!Float.isFinite(value)) {
                throw AdapterTensor.refused(source, tensor.name(), "it holds values that are not finite");
            }
            read.put(i, value);
        }
        return read;
    }
}

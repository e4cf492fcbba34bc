package dev.taxon.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.LowRankUpdate;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.TorchProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands adapters to a program as it wants them: for each linear layer of the model in turn down, up and shift, empty
 * where the adapter has none. The encoder's are kept in the encoder's type, those of the heads in single precision.
 */
final class AdapterLayout {
    private final List<String> layers;
    private final int ofEncoder;
    private final int encoderBytes;

    AdapterLayout(ModelConfig config, Precision precision) {
        this.layers = List.copyOf(WeightShapes.linearLayers(config).keySet());
        this.ofEncoder = WeightShapes.encoderLinearLayers(config);
        this.encoderBytes = precision == Precision.FP32 ? Float.BYTES : Short.BYTES;
    }

    /** Copies an adapter to the device. The caller closes what is returned. */
    ResidentAdapter prepare(Adapter adapter, TorchProgram program) {
        try (NDManager manager = program.newManager()) {
            NDArray nothing = manager.create(new float[0]);
            List<NDArray> tensors = new ArrayList<>(3 * layers.size());
            for (String layer : layers) {
                addTensors(adapter.updates().get(layer), nothing, manager, tensors);
            }
            IValue prepared = program.invoke("prepare_adapter", TorchProgram.listed(tensors));
            return new ResidentAdapter(adapter.digest(), prepared, AdapterShape.of(adapter, layers), bytes(adapter));
        }
    }

    private static void addTensors(
            @org.jspecify.annotations.Nullable LowRankUpdate update,
            NDArray nothing,
            NDManager manager,
            List<NDArray> tensors) {
        if (update == null) {
            tensors.addAll(List.of(nothing, nothing, nothing));
            return;
        }
        tensors.add(manager.create(update.down().duplicate(), new Shape(update.rank(), update.in())));
        tensors.add(manager.create(update.up().duplicate(), new Shape(update.out(), update.rank())));
        tensors.add(
                update.shift() == null ? nothing : manager.create(update.shift().duplicate(), new Shape(update.out())));
    }

    /** Bytes that an adapter takes on the device. */
    long bytes(Adapter adapter) {
        long bytes = 0;
        for (int layer = 0; layer < layers.size(); layer++) {
            LowRankUpdate update = adapter.updates().get(layers.get(layer));
            if (update != null) {
                bytes += update.size() * (layer < ofEncoder ? encoderBytes : Float.BYTES);
            }
        }
        return bytes;
    }
}

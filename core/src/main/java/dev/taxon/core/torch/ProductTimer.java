package dev.taxon.core.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;

/**
 * Times the product that an encoder spends its time in ({@code product.py}), in one precision and form of weights. Throws
 * {@link ai.djl.engine.EngineException} where libtorch cannot compute it here. Owns native memory until closed; used by
 * one thread, the device's.
 */
final class ProductTimer implements AutoCloseable {
    private static final List<String> SOURCES = List.of("packing", "lora", "whole", "linear", "product");
    private static final long ROWS = 256;
    private static final long IN = 384;
    private static final long OUT = 1536;

    /** Operations of one product: a multiplication and an addition for each weight and row. */
    static final double OPERATIONS = 2.0 * ROWS * IN * OUT;

    private final TorchProgram program;
    private final NDManager manager;
    private final NDArray input;
    private final NDArray weight;

    ProductTimer(Precision precision, WeightForm form, Device device) {
        program = TorchProgram.load(
                new ScriptArchive(
                        "product",
                        SOURCES.stream().map(ScriptArchive.Source::of).toList(),
                        Map.of("dtype", precision.scalarType(), "form", form.key())),
                device);
        manager = program.newManager();
        input = manager.ones(new Shape(ROWS, IN));
        weight = manager.ones(new Shape(OUT, IN));
    }

    /** Seconds of so many products, and of what is made ready for them. */
    double seconds(int products) {
        long start = System.nanoTime();
        program.call(manager, "multiply", input, weight, manager.create((long) products))
                .toFloatArray();
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        manager.close();
        program.close();
    }
}

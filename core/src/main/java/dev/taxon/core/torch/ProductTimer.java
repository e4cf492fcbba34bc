package dev.taxon.core.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;

/**
 * Times the product that an encoder spends its time in ({@code product.py}), in one precision and form of weights. Throws
 * {@link ai.djl.engine.EngineException} where libtorch cannot compute it here. Used by one thread, the device's.
 */
record ProductTimer(Precision precision, WeightForm form, Device device) {
    private static final List<String> SOURCES = List.of("packing", "lora", "whole", "linear", "product");
    private static final long ROWS = 256;
    private static final long IN = 384;
    private static final long OUT = 1536;

    /** Operations of one product: a multiplication and an addition for each weight and row. */
    static final double OPERATIONS = 2.0 * ROWS * IN * OUT;

    /** The least seconds of several repeats of so many products, as others may be using the machine. */
    double run(int rounds, int repeats) {
        ScriptArchive archive = new ScriptArchive(
                "product",
                SOURCES.stream().map(ScriptArchive.Source::of).toList(),
                Map.of("dtype", precision.scalarType(), "form", form.key()));
        try (TorchProgram program = TorchProgram.load(archive, device);
                NDManager manager = program.newManager()) {
            NDArray input = manager.ones(new Shape(ROWS, IN));
            NDArray weight = manager.ones(new Shape(OUT, IN));
            NDArray count = manager.create((long) rounds);
            double best = Double.POSITIVE_INFINITY;
            for (int repeat = 0; repeat < repeats; repeat++) {
                long start = System.nanoTime();
                program.call(manager, "multiply", input, weight, count).toFloatArray();
                best = Math.min(best, (System.nanoTime() - start) / 1e9);
            }
            return best;
        }
    }
}

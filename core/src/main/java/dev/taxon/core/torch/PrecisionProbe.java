package dev.taxon.core.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;

/**
 * Chooses the precision by timing the product that an encoder spends its time in, on this machine: which types have fast
 * kernels depends on the processor in ways that its name does not tell. Takes some tens of milliseconds.
 */
public final class PrecisionProbe {
    /** What bf16 must gain to be worth its rounding. */
    private static final double WORTHWHILE = 1.2;

    private static final int REPEATS = 5;
    private static final long ROUNDS = 4;
    private static final Shape INPUT = new Shape(256, 384);
    private static final Shape WEIGHT = new Shape(1536, 384);

    private PrecisionProbe() {}

    /** bf16 where its products are clearly faster than those of fp32, else fp32. Called on the device thread. */
    public static Precision fastest(Device device) {
        return seconds(Precision.FP32, device) > WORTHWHILE * seconds(Precision.BF16, device)
                ? Precision.BF16
                : Precision.FP32;
    }

    /** The least time of several repeats, as others may be using the machine. */
    private static double seconds(Precision precision, Device device) {
        ScriptArchive archive = new ScriptArchive(
                "product", List.of(ScriptArchive.Source.of("product")), Map.of("dtype", precision.scalarType()));
        try (TorchProgram program = TorchProgram.load(archive, device);
                NDManager manager = program.newManager()) {
            NDArray[] arguments = {manager.ones(INPUT), manager.ones(WEIGHT), manager.create(ROUNDS)};
            double best = Double.POSITIVE_INFINITY;
            for (int repeat = 0; repeat < REPEATS; repeat++) {
                long start = System.nanoTime();
                program.call(manager, "multiply", arguments).toFloatArray();
                best = Math.min(best, (System.nanoTime() - start) / 1e9);
            }
            return best;
        }
    }
}

package dev.taxon.core.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Times the product that an encoder spends its time in, on this machine: which types have fast kernels depends on the
 * processor in ways that its name does not tell. Takes a few hundred milliseconds on the device's thread.
 */
public final class PrecisionProbe {
    private static final int REPEATS = 5;
    private static final int FEW = 2;
    private static final int MANY = 10;

    private PrecisionProbe() {}

    /** Billions of operations a second in each precision that runs here at all; see {@link ProductTimer#OPERATIONS}. */
    public static Map<Precision, Double> rates(Device device) {
        Map<Precision, Double> rates = new EnumMap<>(Precision.class);
        for (Precision precision : candidates(device)) {
            try {
                rates.put(precision, rate(new ProductTimer(precision, form(precision, device), device)));
            } catch (EngineException unsupported) {
                // A type that libtorch cannot multiply here is none to choose.
                continue;
            }
        }
        return rates;
    }

    /** On a CPU half precision has no fast kernels; on a GPU whole numbers have none. */
    private static List<Precision> candidates(Device device) {
        return device.isGpu()
                ? List.of(Precision.FP32, Precision.FP16, Precision.BF16)
                : List.of(Precision.FP32, Precision.BF16, Precision.INT8);
    }

    private static WeightForm form(Precision precision, Device device) {
        return WeightForm.ofFeedForward(precision, device);
    }

    /** Of the products alone: what both runs do beside them cancels out. */
    private static double rate(ProductTimer timer) {
        double seconds = timer.run(MANY, REPEATS) - timer.run(FEW, REPEATS);
        return ProductTimer.OPERATIONS * (MANY - FEW) / Math.max(seconds, 1e-9) / 1e9;
    }
}

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
    private static final int TURNS = 8;

    private PrecisionProbe() {}

    /** Billions of operations a second in each precision that runs here at all; see {@link ProductTimer#OPERATIONS}. */
    public static Map<Precision, Double> rates(Device device) {
        Map<Precision, ProductTimer> timers = new EnumMap<>(Precision.class);
        try {
            candidates(device).forEach(precision -> open(timers, precision, device));
            return rates(timers);
        } finally {
            timers.values().forEach(ProductTimer::close);
        }
    }

    /** On a CPU half precision has no fast kernels; on a GPU whole numbers have none. */
    private static List<Precision> candidates(Device device) {
        return device.isGpu()
                ? List.of(Precision.FP32, Precision.FP16, Precision.BF16)
                : List.of(Precision.FP32, Precision.BF16, Precision.INT8);
    }

    private static void open(Map<Precision, ProductTimer> timers, Precision precision, Device device) {
        ProductTimer timer = new ProductTimer(precision, WeightForm.ofFeedForward(precision, device), device);
        try {
            timer.seconds(1);
            timers.put(precision, timer);
        } catch (EngineException unsupported) {
            // A type that libtorch cannot multiply here is none to choose.
            timer.close();
        }
    }

    /** In turns, so that a busy moment of the machine is one for all. */
    private static Map<Precision, Double> rates(Map<Precision, ProductTimer> timers) {
        Map<Precision, ProductRate> found = new EnumMap<>(Precision.class);
        for (int turn = 0; turn < TURNS; turn++) {
            timers.forEach((precision, timer) -> found.computeIfAbsent(precision, first -> new ProductRate())
                    .add(timer.seconds(ProductRate.FEW), timer.seconds(ProductRate.MANY)));
        }
        Map<Precision, Double> rates = new EnumMap<>(Precision.class);
        found.forEach((precision, rate) -> rates.put(precision, rate.aSecond() * ProductTimer.OPERATIONS / 1e9));
        return rates;
    }
}

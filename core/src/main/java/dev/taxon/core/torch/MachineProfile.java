package dev.taxon.core.torch;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured of a machine.
 *
 * @param machine what it was measured on: device, processor, cores and libtorch, in one line
 * @param rates billions of operations a second in the products of an encoder, by precision
 */
public record MachineProfile(String machine, Map<Precision, Double> rates) {
    /** What a narrower type must gain to be worth its rounding. */
    public static final double WORTHWHILE = 1.2;

    public MachineProfile {
        rates = Collections.unmodifiableMap(new EnumMap<>(rates));
    }

    /**
     * The precision to compute in: bf16 where it is clearly faster than fp32, and fp16, whose range is smaller, where it is
     * clearly faster than that. Never {@link Precision#INT8}, whose rounding is for a user to accept.
     */
    public Precision chosen() {
        Precision chosen = Precision.FP32;
        for (Precision narrower : List.of(Precision.BF16, Precision.FP16)) {
            if (rate(narrower) > WORTHWHILE * rate(chosen)) {
                chosen = narrower;
            }
        }
        return chosen;
    }

    /** Billions of operations a second; 0 where it does not run here. */
    public double rate(Precision precision) {
        return rates.getOrDefault(precision, 0.0);
    }
}

package dev.taxon.core.torch;

import java.util.Collections;
import java.util.EnumMap;
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
     * The precision to compute in: the fastest, where it is clearly faster than fp32. Never {@link Precision#INT8}, whose
     * rounding is for a user to accept.
     */
    public Precision chosen() {
        double exact = rates.getOrDefault(Precision.FP32, 0.0);
        return rates.entrySet().stream()
                .filter(rate -> rate.getKey() != Precision.INT8)
                .filter(rate -> rate.getValue() > WORTHWHILE * exact)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(Precision.FP32);
    }
}

package dev.taxon.core;

import dev.taxon.core.torch.Precision;
import java.util.Optional;

/**
 * How a classifier computes.
 *
 * @param precision the encoder's element type; empty lets a short measurement on this machine choose
 * @param tokenBudget the most tokens, padding included, of a batch that {@link Classifier#classify} plans
 * @param rowLimit the most rows of such a batch
 * @param adapterBytes bytes of adapters to keep on the device
 */
public record EngineOptions(Optional<Precision> precision, int tokenBudget, int rowLimit, long adapterBytes) {
    private static final long ADAPTER_BYTES = 256L << 20;

    public EngineOptions {
        if (tokenBudget < 1 || rowLimit < 1) {
            throw new IllegalArgumentException("token budget and row limit must be at least 1");
        }
    }

    public static EngineOptions defaults() {
        return new EngineOptions(Optional.empty(), 8192, 64, ADAPTER_BYTES);
    }

    public EngineOptions withPrecision(Precision chosen) {
        return new EngineOptions(Optional.of(chosen), tokenBudget, rowLimit, adapterBytes);
    }
}

package dev.taxon.core;

import dev.taxon.core.torch.Precision;
import java.util.Optional;

/**
 * How a classifier computes.
 *
 * @param precision of the encoder; empty lets a short measurement on this machine choose, once
 * @param device where the model runs
 * @param tokenBudget the most tokens of a batch that {@link Classifier#classify} plans
 * @param rowLimit the most rows of such a batch
 * @param adapterBytes bytes of adapters to keep on the device
 * @param labelBytes bytes of label states to keep, with late mixing
 */
public record EngineOptions(
        Optional<Precision> precision,
        ComputeDevice device,
        int tokenBudget,
        int rowLimit,
        long adapterBytes,
        long labelBytes) {
    private static final long ADAPTER_BYTES = 256L << 20;
    private static final long LABEL_BYTES = 64L << 20;

    public EngineOptions {
        if (tokenBudget < 1 || rowLimit < 1) {
            throw new IllegalArgumentException("token budget and row limit must be at least 1");
        }
        if (adapterBytes < 0 || labelBytes < 0) {
            throw new IllegalArgumentException("bytes to keep must not be negative");
        }
    }

    public static EngineOptions defaults() {
        return new EngineOptions(Optional.empty(), ComputeDevice.AUTO, 8192, 64, ADAPTER_BYTES, LABEL_BYTES);
    }

    public EngineOptions withPrecision(Precision chosen) {
        return new EngineOptions(Optional.of(chosen), device, tokenBudget, rowLimit, adapterBytes, labelBytes);
    }

    public EngineOptions withDevice(ComputeDevice chosen) {
        return new EngineOptions(precision, chosen, tokenBudget, rowLimit, adapterBytes, labelBytes);
    }

    /** The same with other budgets of bytes. */
    public EngineOptions keeping(long bytesOfAdapters, long bytesOfLabels) {
        return new EngineOptions(precision, device, tokenBudget, rowLimit, bytesOfAdapters, bytesOfLabels);
    }
}

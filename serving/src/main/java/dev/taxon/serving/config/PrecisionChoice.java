package dev.taxon.serving.config;

import dev.taxon.core.torch.Precision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The element type to compute in, or the choice of it left to a measurement. */
public enum PrecisionChoice {
    AUTO(null),
    FP32(Precision.FP32),
    FP16(Precision.FP16),
    BF16(Precision.BF16),
    INT8(Precision.INT8);

    private final Optional<Precision> precision;

    PrecisionChoice(@Nullable Precision precision) {
        this.precision = Optional.ofNullable(precision);
    }

    /** Empty for {@link #AUTO}. */
    public Optional<Precision> precision() {
        return precision;
    }
}

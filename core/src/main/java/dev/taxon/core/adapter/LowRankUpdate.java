package dev.taxon.core.adapter;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter adds to one linear layer (arXiv 2106.09685): {@code y += (x down^T) up^T + shift}, scaled already. Both
 * matrices are row-major; buffers are read-only by agreement.
 *
 * @param rank r, at least 1
 * @param down [r, in]
 * @param up [out, r]
 * @param shift [out]; null for none
 */
public record LowRankUpdate(
        int rank,
        int in,
        int out,
        FloatBuffer down,
        FloatBuffer up,
        @Nullable FloatBuffer shift) {

    /** How many numbers it takes. */
    public long size() {
        return (long) rank * (in + out) + (shift == null ? 0 : out);
    }

    /** Sizes only. */
    @Override
    public String toString() {
        return "LowRankUpdate[rank %d, %d to %d]".formatted(rank, in, out);
    }
}

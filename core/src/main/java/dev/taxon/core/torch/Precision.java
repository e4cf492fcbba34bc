package dev.taxon.core.torch;

/**
 * How the encoder computes; heads and logits are always single precision.
 *
 * <p>{@link #INT8} keeps the weights of feed-forward layers as whole numbers, scaled column by column, and scales what they
 * multiply token by token; all else is bf16. It is never chosen, only asked for: its rounding is for the user to accept.
 */
public enum Precision {
    FP32(6),
    FP16(5),
    BF16(15),
    INT8(15);

    private final int scalarType;

    Precision(int scalarType) {
        this.scalarType = scalarType;
    }

    /** libtorch's number for the element type of activations. */
    public int scalarType() {
        return scalarType;
    }
}

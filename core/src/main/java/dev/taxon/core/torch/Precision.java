package dev.taxon.core.torch;

/** The element type of weights and activations inside the encoder; heads and logits are always single precision. */
public enum Precision {
    FP32(6),
    FP16(5),
    BF16(15);

    private final int scalarType;

    Precision(int scalarType) {
        this.scalarType = scalarType;
    }

    /** libtorch's number for the element type. */
    public int scalarType() {
        return scalarType;
    }
}

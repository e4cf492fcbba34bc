package dev.taxon.core.checkpoint;

/** Element types that weights are stored in, by their safetensors names. */
public enum ElementType {
    F32(4),
    F16(2),
    BF16(2),
    I64(8);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes an element takes. */
    public int bytes() {
        return bytes;
    }
}

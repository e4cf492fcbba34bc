package dev.taxon.core.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** Conversion of stored weights to fp32 and back to fp16. All methods are pure and thread-safe. */
public final class Float32 {
    private static final int CHUNK = 1 << 14;

    private Float32() {}

    /**
     * A tensor's elements in fp32.
     *
     * @return a direct little-endian buffer of its own, from position 0, freed when it is collected
     * @throws CheckpointException when there is no such tensor, or its elements are no floating-point numbers
     */
    public static FloatBuffer read(Weights weights, String name) {
        return read(weights, name, allocate(weights.info(name)));
    }

    /**
     * The same in a buffer of the caller's, from its beginning on, which many tensors may use in turn.
     *
     * @return the buffer itself, from position 0 to the tensor's end
     */
    public static FloatBuffer read(Weights weights, String name, FloatBuffer target) {
        TensorInfo info = weights.info(name);
        ByteBuffer source = weights.bytes(name).order(ByteOrder.LITTLE_ENDIAN);
        target.clear();
        switch (info.type()) {
            case F32 -> target.put(source.asFloatBuffer());
            case F16 -> widen(source.asShortBuffer(), target, true);
            case BF16 -> widen(source.asShortBuffer(), target, false);
            case I64 ->
                throw new CheckpointException(
                        "Tensor '%s' holds integers (I64) where floating-point numbers belong.".formatted(name));
        }
        return target.flip();
    }

    /** Elements as fp16, rounded to nearest even; values beyond its range become infinite. */
    public static ByteBuffer toHalf(FloatBuffer source) {
        FloatBuffer values = source.duplicate();
        ByteBuffer target = ByteBuffer.allocateDirect(Math.multiplyExact(values.remaining(), 2))
                .order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            target.putShort(toHalf(values.get()));
        }
        return target.flip();
    }

    /** A direct little-endian buffer that holds a tensor in fp32, freed when it is collected. */
    public static FloatBuffer allocate(TensorInfo info) {
        if (info.elements() > Integer.MAX_VALUE / Float.BYTES) {
            throw new CheckpointException(
                    "Tensor '%s' of shape %s takes more than 2 GB in fp32, which Taxon cannot hold."
                            .formatted(info.name(), info.shape()));
        }
        return ByteBuffer.allocateDirect((int) info.elements() * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
    }

    private static void widen(ShortBuffer source, FloatBuffer target, boolean half) {
        short[] narrow = new short[CHUNK];
        float[] wide = new float[CHUNK];
        while (source.hasRemaining()) {
            int count = Math.min(CHUNK, source.remaining());
            source.get(narrow, 0, count);
            for (int i = 0; i < count; i++) {
                wide[i] = half ? fromHalf(narrow[i]) : Float.intBitsToFloat(narrow[i] << 16);
            }
            target.put(wide, 0, count);
        }
    }

    /** IEEE 754 binary16 to binary32; exact. */
    static float fromHalf(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >> 10) & 0x1F;
        int mantissa = half & 0x3FF;
        if (exponent == 0) {
            float magnitude = mantissa * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wideExponent = exponent == 0x1F ? 0xFF : exponent + 112;
        return Float.intBitsToFloat(sign | wideExponent << 23 | mantissa << 13);
    }

    /** IEEE 754 binary32 to binary16, to nearest even. */
    static short toHalf(float value) {
        int bits = Float.floatToIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7E00);
        }
        if (magnitude >= 65520f) {
            return (short) (sign | 0x7C00);
        }
        if (magnitude < 0x1p-14f) {
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
        }
        int rounded = (bits & 0x7FFFFFFF) + 0xFFF + (bits >>> 13 & 1);
        return (short) (sign | (rounded - (112 << 23)) >>> 13);
    }
}

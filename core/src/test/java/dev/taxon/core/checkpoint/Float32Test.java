package dev.taxon.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class Float32Test {

    @Example
    void everyHalfComesBackAsItWas() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            short half = (short) bits;
            float wide = Float32.fromHalf(half);
            if (Float.isNaN(wide)) {
                assertThat(bits & 0x7C00).isEqualTo(0x7C00);
                assertThat(Float32.fromHalf(Float32.toHalf(wide))).isNaN();
            } else {
                assertThat(Float32.toHalf(wide)).isEqualTo(half);
            }
        }
    }

    @Example
    void knownValues() {
        assertThat(Float32.fromHalf((short) 0x3C00)).isEqualTo(1f);
        assertThat(Float32.fromHalf((short) 0x7BFF)).isEqualTo(65504f);
        assertThat(Float32.fromHalf((short) 0x0001)).isEqualTo(0x1p-24f);
        assertThat(Float32.fromHalf((short) 0xFC00)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Float.floatToIntBits(Float32.fromHalf((short) 0x8000))).isEqualTo(Float.floatToIntBits(-0f));
        assertThat(Float32.toHalf(65519f)).isEqualTo((short) 0x7BFF);
        assertThat(Float32.toHalf(65520f)).isEqualTo((short) 0x7C00);
        assertThat(Float32.toHalf(-1e9f)).isEqualTo((short) 0xFC00);
        assertThat(Float32.toHalf(1 + 0x1p-11f)).isEqualTo((short) 0x3C00);
        assertThat(Float32.toHalf(1 + 0x3p-11f)).isEqualTo((short) 0x3C02);
    }

    @Property
    void roundsToTheNearest(@ForAll float value) {
        float rounded = Float32.fromHalf(Float32.toHalf(value));
        short bits = Float32.toHalf(value);
        if (Float.isInfinite(rounded)) {
            assertThat(Math.abs(value)).isGreaterThanOrEqualTo(65520f);
            return;
        }
        double distance = Math.abs((double) value - rounded);
        for (int neighbour : new int[] {bits - 1, bits + 1}) {
            float other = Float32.fromHalf((short) neighbour);
            if (Float.isFinite(other)) {
                assertThat(distance).isLessThanOrEqualTo(Math.abs((double) value - other));
            }
        }
    }

    @Example
    void convertsWholeBuffersAndLeavesTheSourceAsItWas() {
        FloatBuffer source = FloatBuffer.wrap(new float[] {0.5f, -3f, 0f});

        assertThat(Float32.toHalf(source).asShortBuffer().get(1)).isEqualTo((short) 0xC200);
        assertThat(source.remaining()).isEqualTo(3);
    }
}

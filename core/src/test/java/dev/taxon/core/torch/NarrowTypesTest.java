package dev.taxon.core.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What bf16 and int8 compute in ways of their own, beside the plain way in fp32. Attention has two: up to 48 tokens
 * libtorch's, and beyond that powers of two.
 */
class NarrowTypesTest {
    private static final int HEADS = 3;
    private static final int HIDDEN = 48;

    private final TorchProgram exact = program(Precision.FP32);
    private final TorchProgram narrow = program(Precision.BF16);
    private final NDManager manager = narrow.newManager();
    private final Random random = new Random(11);

    @AfterEach
    void close() {
        manager.close();
        narrow.close();
        exact.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 90, 1", "5, 33, 1", "7, 300, 1", "3, 40, 40", "3, 60, 20"})
    void attentionInBf16IsThatOfFp32(int rows, int length, float shift) {
        // Keys that all lie far off in one direction say no more than the same keys nearer.
        float[] query = numbers(rows * length * HIDDEN, 1);
        float[] key = numbers(rows * length * HIDDEN, 1);
        for (int place = 0; place < key.length; place += HIDDEN) {
            key[place] += shift - 1;
        }
        float[] value = numbers(rows * length * HIDDEN, 1);
        assertClose(attend(narrow, rows, query, key, value), attend(exact, rows, query, key, value), 0.03f);
    }

    @ParameterizedTest
    @CsvSource({"1, 9", "4, 40", "2, 150", "2, 700"})
    void attentionWithinAWindowToo(int rows, int length) {
        float[] query = numbers(rows * length * HIDDEN, 1);
        float[] key = numbers(rows * length * HIDDEN, 1);
        float[] value = numbers(rows * length * HIDDEN, 1);
        assertClose(near(narrow, rows, query, key, value), near(exact, rows, query, key, value), 0.03f);
    }

    /** Scores of thousands leave the range of powers of two, upwards or downwards. */
    @ParameterizedTest
    @CsvSource({"20, 60", "60, 60", "60, -60", "60, 600"})
    void aRowOfEnormousScoresIsStillASoftmaxAndMovesNoBitOfItsNeighbours(int length, float size) {
        int row = length * HIDDEN;
        float[] query = numbers(3 * row, 1);
        float[] key = numbers(3 * row, 1);
        float[] value = numbers(3 * row, 1);
        for (int place = row; place < 2 * row; place++) {
            query[place] = size * Math.abs(query[place]);
            key[place] = Math.abs(size) * Math.abs(key[place]);
        }
        float[] found = attend(narrow, 3, query, key, value);
        float[] middle = Arrays.copyOfRange(found, row, 2 * row);
        float most = 0;
        for (float number : middle) {
            assertThat(number).isFinite();
            most = Math.max(most, Math.abs(number));
        }
        assertThat(most).isBetween(0.1f, 5f);
        // Neighbours are as in a batch whose middle row is an ordinary one.
        System.arraycopy(query, 0, query, row, row);
        System.arraycopy(key, 0, key, row, row);
        float[] ordinary = attend(narrow, 3, query, key, value);
        assertThat(Arrays.copyOf(found, row)).isEqualTo(Arrays.copyOf(ordinary, row));
        assertThat(Arrays.copyOfRange(found, 2 * row, 3 * row))
                .isEqualTo(Arrays.copyOfRange(ordinary, 2 * row, 3 * row));
    }

    /** Scores beyond a hundred that are 0 to 3 apart: what is computed anew is a softmax of the same base. */
    @Test
    void aRowThatIsComputedAnewIsThatOfFp32() {
        int length = 64;
        float[] query = new float[length * HIDDEN];
        float[] key = new float[length * HIDDEN];
        float[] value = numbers(length * HIDDEN, 1);
        for (int token = 0; token < length; token++) {
            for (int head = 0; head < HEADS; head++) {
                // One number a head speaks, exact in bf16; keys come in pairs, so that their mean is zero.
                query[token * HIDDEN + head * HIDDEN / HEADS] = 128;
                key[token * HIDDEN + head * HIDDEN / HEADS] = (token % 2 == 0 ? 1 : -1) * (4 + token / 2 % 4 / 32f);
            }
        }
        assertClose(attend(narrow, 1, query, key, value), attend(exact, 1, query, key, value), 0.03f);
    }

    /** A key beyond the window may say what it will. */
    @Test
    void anEnormousKeyBeyondTheWindowIsNotRead() {
        int length = 60;
        float[] query = numbers(length * HIDDEN, 1);
        float[] key = numbers(length * HIDDEN, 1);
        float[] value = numbers(length * HIDDEN, 1);
        for (int place = 35 * HIDDEN; place < 36 * HIDDEN; place++) {
            key[place] *= 500;
        }
        float[] found = near(narrow, 1, query, key, value);
        float[] expected = near(exact, 1, query, key, value);
        assertClose(Arrays.copyOf(found, 20 * HIDDEN), Arrays.copyOf(expected, 20 * HIDDEN), 0.05f);
    }

    @ParameterizedTest
    @CsvSource({"1", "20", "48", "49", "90"})
    void aRowHasTheSameBitsAloneAndAmongOthers(int length) {
        int row = length * HIDDEN;
        float[] query = numbers(5 * row, 1);
        float[] key = numbers(5 * row, 1);
        float[] value = numbers(5 * row, 1);
        float[] together = attend(narrow, 5, query, key, value);
        for (int number = 0; number < 5; number++) {
            int first = number * row;
            int end = first + row;
            float[] alone = attend(
                    narrow,
                    1,
                    Arrays.copyOfRange(query, first, end),
                    Arrays.copyOfRange(key, first, end),
                    Arrays.copyOfRange(value, first, end));
            assertThat(Arrays.copyOfRange(together, first, end)).isEqualTo(alone);
        }
    }

    @ParameterizedTest
    @CsvSource({"8", "60"})
    void whatIsNotFiniteStaysInItsRow(int length) {
        int row = length * HIDDEN;
        float[] query = numbers(2 * row, 1);
        float[] key = numbers(2 * row, 1);
        float[] value = numbers(2 * row, 1);
        // As any layer makes them of a token that is not finite.
        query[HIDDEN] = Float.NaN;
        key[HIDDEN] = Float.NaN;
        for (TorchProgram program : List.of(narrow, exact)) {
            float[] found = attend(program, 2, query, key, value);
            assertThat(found[0]).isNaN();
            assertThat(found[HIDDEN]).isNaN();
            for (int place = row; place < 2 * row; place++) {
                assertThat(found[place]).isFinite();
            }
        }
    }

    /** To the bit: each token has a scale of its own, and sums of whole numbers are exact. */
    @Test
    void aTokenInInt8DoesNotDependOnOthers() {
        float[] weight = numbers(32 * HIDDEN, 0.1f);
        float[] tokens = numbers(700 * HIDDEN, 1);
        Arrays.fill(tokens, 5 * HIDDEN, 6 * HIDDEN, 1000f);
        Arrays.fill(tokens, 6 * HIDDEN, 7 * HIDDEN, 0f);
        float[] together = whole(tokens, weight);
        for (int token : new int[] {0, 5, 6, 255, 256, 699}) {
            float[] alone = whole(Arrays.copyOfRange(tokens, token * HIDDEN, (token + 1) * HIDDEN), weight);
            assertThat(Arrays.copyOfRange(together, token * 32, (token + 1) * 32))
                    .isEqualTo(alone);
        }
    }

    @Test
    void aProductInInt8IsThatOfFp32() {
        float[] weight = numbers(32 * HIDDEN, 0.1f);
        float[] tokens = numbers(40 * HIDDEN, 1);
        float[] expected = new float[40 * 32];
        for (int token = 0; token < 40; token++) {
            for (int out = 0; out < 32; out++) {
                for (int in = 0; in < HIDDEN; in++) {
                    expected[token * 32 + out] += tokens[token * HIDDEN + in] * weight[out * HIDDEN + in];
                }
            }
        }
        assertClose(whole(tokens, weight), expected, 0.03f);
    }

    private float[] attend(TorchProgram program, int rows, float[] query, float[] key, float[] value) {
        return program.call(
                        manager, "attend", rows(rows, query), rows(rows, key), rows(rows, value), manager.create((long)
                                HEADS))
                .toFloatArray();
    }

    private float[] near(TorchProgram program, int rows, float[] query, float[] key, float[] value) {
        return program.call(
                        manager,
                        "attend_near",
                        rows(rows, query),
                        rows(rows, key),
                        rows(rows, value),
                        manager.create((long) HEADS),
                        manager.create(8L))
                .toFloatArray();
    }

    private float[] whole(float[] tokens, float[] weight) {
        NDArray x = manager.create(tokens, new Shape(tokens.length / HIDDEN, HIDDEN));
        return exact.call(manager, "whole", x, manager.create(weight, new Shape(weight.length / HIDDEN, HIDDEN)))
                .toFloatArray();
    }

    private NDArray rows(int rows, float[] numbers) {
        return manager.create(numbers, new Shape(rows, numbers.length / rows / HIDDEN, HIDDEN));
    }

    private float[] numbers(int count, float size) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = size * (float) random.nextGaussian();
        }
        return numbers;
    }

    private static void assertClose(float[] found, float[] expected, float tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(tolerance));
        }
    }

    private static TorchProgram program(Precision precision) {
        List<ScriptArchive.Source> sources = Stream.of("whole", "exponentials", "attention", "probe")
                .map(ScriptArchive.Source::of)
                .toList();
        return TorchProgram.load(
                new ScriptArchive("probe", sources, Map.of("dtype", precision.scalarType())), Device.cpu());
    }
}

package dev.taxon.core.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.taxon.core.batch.AdapterRuns;
import dev.taxon.core.prompt.TokenIds;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PackedRowsTest {
    private static final List<TokenIds> SEQUENCES =
            List.of(new TokenIds(7, 8, 9), new TokenIds(5), new TokenIds(4, 3, 2));

    private final TorchProgram program = TorchProgram.load(
            new ScriptArchive(
                    "product",
                    Stream.of("packing", "lora", "whole", "linear", "product")
                            .map(ScriptArchive.Source::of)
                            .toList(),
                    Map.of("dtype", 6, "form", "plain")),
            Device.cpu());

    @AfterEach
    void close() {
        program.close();
    }

    @Test
    void rowsOfOneShapeStandTogetherAndTheFillerLast() {
        PackedRows packed = PackedRows.of(SEQUENCES, new int[] {1, 2, 1});
        assertThat(packed.order()).containsExactly(1, 0, 2);
        assertThat(packed.ranks()).containsExactly(1, 0, 2);
        assertThat(packed.starts()).containsExactly(0, 1, 4, 7);
        assertThat(longs(packed::ids)).containsExactly(5, 7, 8, 9, 4, 3, 2, 0);
        assertThat(longs(packed::positions)).containsExactly(0, 0, 1, 2, 0, 1, 2, 0);
        assertThat(longs(packed::tokenRows)).containsExactly(0, 1, 1, 1, 2, 2, 2, 3);
        assertThat(longs(packed::labelRows)).containsExactly(0, 0, 1, 2, 3, 3, 3, 3);
        assertThat(longs(packed::groups)).containsExactly(1, 1, 2, 0, 2, 3, 1, 0, 1, 1, 4, 1);
    }

    @Test
    void rowsOfOneRunStandTogetherBehindThoseOfNone() {
        PackedRows packed = PackedRows.of(SEQUENCES, new int[] {1, 2, 1}, AdapterRuns.of(List.of("a", "a", "")));
        assertThat(packed.order()).containsExactly(2, 1, 0);
        assertThat(longs(packed::groups)).containsExactly(1, 3, 1, 0, 1, 1, 2, 0, 1, 3, 1, 0, 1, 1, 4, 1);
    }

    @Test
    void rowsWithoutLabelsHaveAFillerWithout() {
        PackedRows packed = PackedRows.of(SEQUENCES);
        assertThat(packed.filler()).isEqualTo(new Filler(1, 0));
        assertThat(longs(packed::groups)).containsExactly(1, 1, 0, 0, 2, 3, 0, 0, 1, 1, 0, 1);
    }

    @Test
    void aRoundNumberOfTokensNeedsNoFiller() {
        PackedRows packed = PackedRows.of(List.of(new TokenIds(new int[8])), new int[] {3});
        assertThat(packed.filler().isEmpty()).isTrue();
        assertThat(longs(packed::groups)).containsExactly(1, 8, 3, 0);
        assertThat(longs(packed::labelRows)).containsExactly(0, 0, 0);
    }

    @Test
    void fillersKeepTheShapesFewAndAreSmall() {
        long shapes = IntStream.rangeClosed(1, 8192)
                .map(tokens -> tokens + Filler.of(tokens, 0).length())
                .distinct()
                .count();
        assertThat(shapes).isLessThan(120);
        assertThat(IntStream.rangeClosed(128, 8192))
                .allSatisfy(tokens ->
                        assertThat(Filler.of(tokens, 0).length()).isLessThanOrEqualTo(Math.max(7, tokens / 16)));
    }

    private long[] longs(Function<NDManager, NDArray> tensor) {
        try (NDManager manager = program.newManager()) {
            return tensor.apply(manager).toLongArray();
        }
    }
}

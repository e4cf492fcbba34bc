package dev.taxon.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EvenPartsTest {
    @Test
    void rowsOfLikeLengthAreSharedOut() {
        List<int[]> parts = EvenParts.of(new int[] {10, 50, 10, 50, 10, 50}, AdapterRuns.none(6), 2);
        assertThat(parts).hasSize(2);
        assertThat(parts.stream()
                        .map(part -> Arrays.stream(part)
                                .map(row -> new int[] {10, 50, 10, 50, 10, 50}[row])
                                .sum()))
                .containsExactlyInAnyOrder(80, 100);
    }

    @Test
    void rowsOfOneRunStayTogetherWhateverTheirLengths() {
        int[] lengths = {10, 10, 10, 10, 10, 10, 10, 10};
        AdapterRuns runs = AdapterRuns.of(List.of("a", "b", "a", "b", "a", "b", "a", "b"));
        assertThat(EvenParts.of(lengths, runs, 2)).containsExactly(new int[] {0, 2, 4, 6}, new int[] {1, 3, 5, 7});
    }

    @Test
    void aRowWithAnAdapterWeighsMore() {
        // Long ones, of which what a row takes whatever its tokens is little.
        int[] lengths = {100, 100, 100, 100, 100, 90, 90, 90, 90};
        assertThat(EvenParts.of(lengths, AdapterRuns.none(9), 2).get(0)).containsExactly(5, 6, 7, 8, 0);
        AdapterRuns runs = AdapterRuns.of(List.of("", "", "", "", "", "a", "b", "c", "d"));
        assertThat(EvenParts.of(lengths, runs, 2)).containsExactly(new int[] {0, 1, 2, 3, 4}, new int[] {5, 6, 7, 8});
    }

    @Test
    void shortRowsWithAdaptersWeighMoreThanTheirTokens() {
        int[] lengths = {8, 8, 8, 8, 8, 8, 8, 8, 32, 32};
        assertThat(EvenParts.of(lengths, AdapterRuns.none(10), 2).get(0)).hasSize(8);
        AdapterRuns runs = AdapterRuns.of(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"));
        assertThat(EvenParts.of(lengths, runs, 2).get(0)).hasSize(7);
    }

    @Test
    void aRowThatOutweighsTheOthersKeepsAllTogether() {
        assertThat(EvenParts.of(new int[] {500, 10, 10}, AdapterRuns.none(3), 2))
                .hasSize(1);
        assertThat(EvenParts.of(new int[] {500}, AdapterRuns.none(1), 2)).hasSize(1);
    }

    @Test
    void noRowsAreOneEmptyPart() {
        assertThat(EvenParts.of(new int[0], AdapterRuns.none(0), 2))
                .hasSize(1)
                .allSatisfy(part -> assertThat(part).isEmpty());
    }

    @Property
    void everyRowIsInOnePartAndPartsAreEven(
            @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 2000) Integer> rows,
            @ForAll @IntRange(min = 1, max = 4) int most) {
        int[] lengths = rows.stream().mapToInt(Integer::intValue).toArray();
        List<int[]> parts = EvenParts.of(lengths, AdapterRuns.none(lengths.length), most);
        assertThat(parts).hasSizeLessThanOrEqualTo(most);
        assertThat(parts.stream().flatMapToInt(Arrays::stream).sorted().toArray())
                .isEqualTo(IntStream.range(0, lengths.length).toArray());
        long all = Arrays.stream(lengths).asLongStream().sum();
        assertThat(parts)
                .allSatisfy(part -> assertThat(Arrays.stream(part)
                                        .mapToLong(row -> lengths[row])
                                        .sum()
                                * parts.size())
                        .isLessThanOrEqualTo((long) (1.25 * all)));
    }
}

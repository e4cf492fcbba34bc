package dev.taxon.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdapterRunsTest {
    @Test
    void rowsOfOneAdapterAreARunBehindThoseOfNoneAndThoseThatAreAlone() {
        int[] lengths = {10, 11, 12, 13, 14, 15, 16, 17};
        assertThat(places(List.of("b", "", "a", "b", "c", "", "a", "a"), lengths))
                .containsExactly(2, 0, 3, 2, 1, 0, 3, 3);
    }

    @Test
    void aRunMayAddAnAttentionCallForTwoOfItsRows() {
        // Both rows of "a" share their length with one of "b" or of none: two calls more for two rows.
        assertThat(places(List.of("a", "b", "a", ""), new int[] {10, 10, 11, 11}))
                .containsExactly(1, 1, 1, 0);
        assertThat(places(List.of("a", "b", "a", ""), new int[] {10, 10, 11, 12}))
                .containsExactly(2, 1, 2, 0);
    }

    @Test
    void fourRowsAreARunWhateverTheirLengths() {
        assertThat(places(List.of("a", "a", "a", "a", "", "", "", ""), new int[] {1, 2, 3, 4, 1, 2, 3, 4}))
                .containsExactly(2, 2, 2, 2, 0, 0, 0, 0);
    }

    @Test
    void onlyRowsOfRunsShare() {
        AdapterRuns runs = AdapterRuns.of(List.of("a", "a", "b", ""), new int[] {1, 2, 3, 4});
        assertThat(IntStream.range(0, 4).filter(runs::shares)).containsExactly(0, 1);
    }

    @Test
    void noRowsHaveNoRuns() {
        assertThat(places(List.of(), new int[0])).isEmpty();
    }

    private static int[] places(List<String> adapters, int[] lengths) {
        AdapterRuns runs = AdapterRuns.of(adapters, lengths);
        return IntStream.range(0, lengths.length).map(runs::place).toArray();
    }
}

package dev.taxon.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdapterRunsTest {
    private static final List<String> MIXED = List.of("b", "", "a", "b", "c", "", "a", "a", "b", "b");

    @Test
    void fourRowsOfOneAdapterAreARunBehindFewerAndThoseOfNone() {
        assertThat(places(MIXED)).containsExactly(2, 0, 1, 2, 1, 0, 1, 1, 2, 2);
    }

    @Test
    void fewerAreARunWhereNoOtherAdapterIs() {
        assertThat(places(List.of("a", "", "a"))).containsExactly(2, 0, 2);
    }

    @Test
    void eachRunHasItsPlace() {
        assertThat(places(List.of("b", "a", "b", "a", "b", "a", "b", "a"))).containsExactly(2, 3, 2, 3, 2, 3, 2, 3);
    }

    @Test
    void onlyRowsOfRunsShare() {
        AdapterRuns runs = AdapterRuns.of(MIXED);
        assertThat(IntStream.range(0, MIXED.size()).filter(runs::shares)).containsExactly(0, 3, 8, 9);
    }

    @Test
    void noRowsHaveNoRuns() {
        assertThat(places(List.of())).isEmpty();
    }

    private static int[] places(List<String> adapters) {
        AdapterRuns runs = AdapterRuns.of(adapters);
        return IntStream.range(0, adapters.size()).map(runs::place).toArray();
    }
}

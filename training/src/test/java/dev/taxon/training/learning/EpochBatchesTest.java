package dev.taxon.training.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EpochBatchesTest {
    @Property
    void everyRowIsSeenOnceAnEpochWithinTheBudget(
            @ForAll @IntRange(min = 1, max = 400) int rows,
            @ForAll @IntRange(min = 1, max = 32) int most,
            @ForAll @IntRange(min = 1, max = 300) int tokens) {
        int[] lengths = IntStream.range(0, rows).map(row -> 1 + row * 7 % 90).toArray();
        EpochBatches batches = batches(rows, lengths, most, tokens);
        List<int[]> epoch = batches.of(3);
        assertThat(epoch.stream().flatMapToInt(Arrays::stream).sorted().toArray())
                .isEqualTo(IntStream.range(0, rows).toArray());
        assertThat(epoch).allSatisfy(batch -> {
            assertThat(batch.length).isBetween(1, most);
            int sum = IntStream.of(batch).map(row -> lengths[row]).sum();
            assertThat(batch.length == 1 || sum <= tokens).isTrue();
        });
    }

    @Test
    void aBatchMayBeLargerThanAnyEpoch() {
        assertThat(flat(batches(50, new int[50], Integer.MAX_VALUE, 100).of(0))).hasSize(50);
    }

    @Test
    void anEpochFollowsFromItsNumberAlone() {
        int[] lengths = new int[50];
        assertThat(flat(batches(50, lengths, 8, 100).of(2)))
                .isEqualTo(flat(batches(50, lengths, 8, 100).of(2)));
        assertThat(flat(batches(50, lengths, 8, 100).of(1)))
                .isNotEqualTo(flat(batches(50, lengths, 8, 100).of(2)));
    }

    @Test
    void anEpochSeesSomeOfTheRehearsedRowsAndEachOneOtherOnes() {
        int[] own = IntStream.range(0, 20).toArray();
        int[] older = IntStream.range(20, 120).toArray();
        EpochBatches batches = new EpochBatches(own, older, 10, new int[120], new BatchSize(8, 100), 7);
        int[] first = IntStream.of(flat(batches.of(0))).sorted().toArray();
        int[] second = IntStream.of(flat(batches.of(1))).sorted().toArray();
        assertThat(first).hasSize(30).startsWith(own).doesNotHaveDuplicates();
        assertThat(second).hasSize(30).startsWith(own);
        assertThat(first).isNotEqualTo(second);
    }

    private static int[] flat(List<int[]> batches) {
        return batches.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private static EpochBatches batches(int rows, int[] lengths, int most, int tokens) {
        return new EpochBatches(IntStream.range(0, rows).toArray(), lengths, new BatchSize(most, tokens), 7);
    }
}

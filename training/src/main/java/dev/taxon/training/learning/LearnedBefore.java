package dev.taxon.training.learning;

import dev.taxon.training.data.Example;
import dev.taxon.training.data.PlainText;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of the data that the adapter which a training goes on from had learned, or may have. However they are scored, they say
 * nothing of new rows. Immutable and thread-safe.
 *
 * @param rows their numbers in the data, from 0
 */
public record LearnedBefore(Set<Integer> rows) {
    /** Other rows below which too few are left to be judged by. */
    public static final int FEW = 40;

    private static final LearnedBefore NOTHING = new LearnedBefore(Set.of());

    public LearnedBefore {
        rows = Set.copyOf(rows);
    }

    /** A training that begins at a base, or goes on with data of which no row is known. */
    public static LearnedBefore nothing() {
        return NOTHING;
    }

    /** All of so many rows. */
    public static LearnedBefore all(int count) {
        return new LearnedBefore(IntStream.range(0, count).boxed().collect(Collectors.toSet()));
    }

    /**
     * The rows whose texts are among others.
     *
     * @param texts as {@link PlainText} has them
     */
    public static LearnedBefore among(List<Example> data, Set<String> texts) {
        return new LearnedBefore(IntStream.range(0, data.size())
                .filter(row -> texts.contains(PlainText.of(data.get(row).text())))
                .boxed()
                .collect(Collectors.toSet()));
    }

    /** These and others of the same data. */
    public LearnedBefore and(LearnedBefore others) {
        return new LearnedBefore(
                IntStream.concat(numbers(), others.numbers()).boxed().collect(Collectors.toSet()));
    }

    /** The numbers of the rows of some data that are new to the adapter, in order. */
    public int[] others(List<Example> data) {
        return IntStream.range(0, data.size())
                .filter(row -> !rows.contains(row))
                .toArray();
    }

    /** Whether some rows are known, and too few are new to be judged by these alone. */
    public boolean leavesTooFew(List<Example> data) {
        return !rows.isEmpty() && others(data).length < FEW;
    }

    private IntStream numbers() {
        return rows.stream().mapToInt(Integer::intValue);
    }

    /** Sizes only. */
    @Override
    public String toString() {
        return "LearnedBefore[%d rows]".formatted(rows.size());
    }
}

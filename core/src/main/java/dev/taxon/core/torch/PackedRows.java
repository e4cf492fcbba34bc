package dev.taxon.core.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.taxon.core.batch.AdapterRuns;
import dev.taxon.core.prompt.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequences of token ids as the programs take them ({@code packing.py}): one after another without padding, those of one
 * run together and in it those of one shape (tokens and labels). T is the tokens of all, M the labels of all.
 *
 * <p>A last row that belongs to nobody, the {@link Filler}, may round T and M up. It counts in every tensor made here and
 * in what programs answer; it is no part of {@link #order}. Immutable and thread-safe.
 */
public final class PackedRows {
    private final List<TokenIds> sequences;
    private final int[] labels;
    private final int[] order;
    private final Filler filler;

    private PackedRows(List<TokenIds> sequences, int[] labels, AdapterRuns runs) {
        this.sequences = List.copyOf(sequences);
        this.labels = labels.clone();
        this.order = IntStream.range(0, labels.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer row) -> runs.place(row))
                        .thenComparingInt(row -> sequences.get(row).length())
                        .thenComparingInt(row -> labels[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.filler = Filler.of(
                sequences.stream().mapToInt(TokenIds::length).sum(),
                IntStream.of(labels).sum());
    }

    /** Packs sequences that have no labels of their own. */
    public static PackedRows of(List<TokenIds> sequences) {
        return of(sequences, new int[sequences.size()]);
    }

    /**
     * Packs rows.
     *
     * @param labels how many labels each row has
     */
    public static PackedRows of(List<TokenIds> sequences, int[] labels) {
        return of(sequences, labels, AdapterRuns.none(labels.length));
    }

    /**
     * Packs rows of which some are to follow one another.
     *
     * @param labels how many labels each row has
     * @param runs which rows follow one another
     */
    public static PackedRows of(List<TokenIds> sequences, int[] labels, AdapterRuns runs) {
        return new PackedRows(sequences, labels, runs);
    }

    /** How the rows stand in the packing: their numbers in the list that was given. */
    public int[] order() {
        return order.clone();
    }

    /** Where each row of the list that was given stands in the packing: the inverse of {@link #order}. */
    public int[] ranks() {
        int[] ranks = new int[order.length];
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = rank;
        }
        return ranks;
    }

    /** The row that belongs to nobody. */
    public Filler filler() {
        return filler;
    }

    /** Place of the first token of each row of the packing, the filler's last, in the packing. */
    public long[] starts() {
        long[] starts = new long[order.length + 1];
        for (int rank = 1; rank < starts.length; rank++) {
            starts[rank] = starts[rank - 1] + length(rank - 1);
        }
        return starts;
    }

    /** Token ids, int64 [T], owned by the manager. */
    public NDArray ids(NDManager manager) {
        IntStream own = IntStream.range(0, order.length)
                .flatMap(rank -> IntStream.of(row(rank).toArray()));
        return vector(IntStream.concat(own, IntStream.range(0, filler.length()).map(token -> 0)), manager);
    }

    /** Each token's position in its row, int64 [T], owned by the manager. */
    public NDArray positions(NDManager manager) {
        return vector(rows().flatMap(rank -> IntStream.range(0, length(rank))), manager);
    }

    /** Each token's row, int64 [T], owned by the manager. */
    public NDArray tokenRows(NDManager manager) {
        return vector(rows().flatMap(rank -> IntStream.range(0, length(rank)).map(token -> rank)), manager);
    }

    /** Each label's row, int64 [M], owned by the manager. */
    public NDArray labelRows(NDManager manager) {
        return vector(rows().flatMap(rank -> IntStream.range(0, labels(rank)).map(label -> rank)), manager);
    }

    /**
     * How many rows of which tokens and labels follow one another, and 1 where they are the filler: int64 [groups, 4], a
     * {@link HostTable} owned by the manager.
     */
    public NDArray groups(NDManager manager) {
        List<long[]> groups = new ArrayList<>();
        for (int rank = 0; rank < order.length; rank++) {
            long[] last = groups.isEmpty() ? new long[4] : groups.get(groups.size() - 1);
            if (last[0] > 0 && last[1] == length(rank) && last[2] == labels(rank)) {
                last[0]++;
            } else {
                groups.add(new long[] {1, length(rank), labels(rank), 0});
            }
        }
        if (!filler.isEmpty()) {
            groups.add(new long[] {1, filler.length(), filler.labels(), 1});
        }
        long[] table = groups.stream().flatMapToLong(Arrays::stream).toArray();
        return HostTable.of(table, 4, manager);
    }

    private TokenIds row(int rank) {
        return sequences.get(order[rank]);
    }

    /** All rows of the packing, the filler among them. */
    private IntStream rows() {
        return IntStream.range(0, order.length + (filler.isEmpty() ? 0 : 1));
    }

    private int length(int rank) {
        return rank < order.length ? row(rank).length() : filler.length();
    }

    private int labels(int rank) {
        return rank < order.length ? labels[order[rank]] : filler.labels();
    }

    private static NDArray vector(IntStream values, NDManager manager) {
        return manager.create(values.asLongStream().toArray());
    }
}

package dev.taxon.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import dev.taxon.core.torch.HostTable;
import dev.taxon.core.torch.PackedRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a packing that have adapters, as programs take them ({@code lora.py}), in groups that run together. Rows of
 * one adapter are a group of their own, whose products need no padding, and so is a long row of another; others share
 * groups with rows of about their length whose adapters have the same shape.
 */
final class AdaptedRows {
    /** Tokens of a group's rectangle for each token that is one. */
    private static final double MOST_PADDING = 1.25;

    /** Tokens from which on a row's products in place take less time than a share in a rectangle, which is copied; an estimate. */
    private static final int LONG_ROW = 192;

    private static final int MOST_ROWS = 16;
    private static final int COLUMNS = 8;

    private final List<ResidentAdapter> distinct;
    private final List<long[]> table;

    private AdaptedRows(List<ResidentAdapter> distinct, List<long[]> table) {
        this.distinct = distinct;
        this.table = table;
    }

    /** A row with an adapter, by its place in the packing. */
    private record Place(int rank, int length, ResidentAdapter adapter) {}

    /**
     * The adapted rows of a packing; empty where there are none.
     *
     * @param adapters of each row, in the order in which the rows were given
     * @param lengths tokens of each row, in that order
     * @param labels how many labels each row has, in that order
     */
    static Optional<AdaptedRows> of(
            PackedRows packed, List<Optional<ResidentAdapter>> adapters, int[] lengths, int[] labels) {
        int[] order = packed.order();
        Map<String, List<Place>> byDigest = new LinkedHashMap<>();
        for (int rank = 0; rank < order.length; rank++) {
            int row = order[rank];
            int place = rank;
            adapters.get(row)
                    .ifPresent(adapter -> byDigest.computeIfAbsent(adapter.digest(), seen -> new ArrayList<>())
                            .add(new Place(place, lengths[row], adapter)));
        }
        if (byDigest.isEmpty()) {
            return Optional.empty();
        }
        boolean every = byDigest.values().stream().mapToInt(List::size).sum() == order.length;
        List<ResidentAdapter> distinct = byDigest.values().stream()
                .map(places -> places.get(0).adapter())
                .toList();
        return Optional.of(new AdaptedRows(
                distinct, table(groups(byDigest), List.copyOf(byDigest.keySet()), packed, labels, every)));
    }

    private static List<List<Place>> groups(Map<String, List<Place>> byDigest) {
        List<List<Place>> groups = new ArrayList<>();
        List<Place> single = new ArrayList<>();
        for (List<Place> places : byDigest.values()) {
            if (places.size() > 1) {
                groups.add(places);
            } else {
                single.addAll(places);
            }
        }
        // Rows come with growing length.
        single.sort(Comparator.comparingInt(Place::rank));
        Map<AdapterShape, List<Place>> open = new LinkedHashMap<>();
        for (Place place : single) {
            List<Place> neighbours = open.computeIfAbsent(place.adapter().shape(), seen -> new ArrayList<>());
            if (!neighbours.isEmpty() && !joins(place, neighbours)) {
                groups.add(List.copyOf(neighbours));
                neighbours.clear();
            }
            neighbours.add(place);
        }
        groups.addAll(open.values());
        return groups;
    }

    /** The place is of the longest row. */
    private static boolean joins(Place place, List<Place> neighbours) {
        long tokens =
                place.length() + neighbours.stream().mapToLong(Place::length).sum();
        return neighbours.size() < MOST_ROWS
                && place.length() < LONG_ROW
                && (neighbours.size() + 1L) * place.length() <= MOST_PADDING * tokens;
    }

    private static List<long[]> table(
            List<List<Place>> groups, List<String> digests, PackedRows packed, int[] labels, boolean every) {
        int[] order = packed.order();
        long[] starts = packed.starts();
        long[] firstLabels = new long[order.length + 1];
        for (int rank = 0; rank < order.length; rank++) {
            firstLabels[rank + 1] = firstLabels[rank] + labels[order[rank]];
        }
        List<long[]> table = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            for (Place place : groups.get(group)) {
                int rank = place.rank();
                table.add(new long[] {
                    rank,
                    starts[rank],
                    place.length(),
                    firstLabels[rank],
                    labels[order[rank]],
                    group,
                    digests.indexOf(place.adapter().digest()),
                    every ? 1 : 0
                });
            }
        }
        return table;
    }

    /** int64 [S, 8], a {@link HostTable} owned by the manager; see {@code lora.spaces}. */
    NDArray table(NDManager manager) {
        long[] flat = table.stream().flatMapToLong(Arrays::stream).toArray();
        return HostTable.of(flat, COLUMNS, manager);
    }

    /** The distinct adapters, to be closed after the call; they themselves stay. */
    IValue adapters() {
        return IValue.listFrom(distinct.stream().map(ResidentAdapter::tensors).toArray(IValue[]::new));
    }
}

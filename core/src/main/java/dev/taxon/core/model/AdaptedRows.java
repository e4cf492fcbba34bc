package dev.taxon.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import dev.taxon.core.batch.AdapterRuns;
import dev.taxon.core.torch.HostTable;
import dev.taxon.core.torch.PackedRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of a packing that have adapters, as programs take them ({@code lora.py}), in groups that run together. Those of
 * a run are a group of their own, whose products run in place, and so is a long row of another adapter. Of others those that
 * follow one another share products in place where their adapters are small: these are joined, and each row takes its own. The
 * rest share groups with rows of about their length whose adapters have the same shape.
 */
final class AdaptedRows {
    /** Tokens of a group's rectangle for each token that is one. */
    private static final double MOST_PADDING = 1.25;

    /** Tokens from which on a row's products in place take less time than a share in a rectangle, which is copied; an estimate. */
    private static final int LONG_ROW = 192;

    private static final int MOST_ROWS = 16;

    /** The rank up to which adapters are joined: more work than a rectangle's, of fewer copies. */
    private static final int SMALL_RANK = 8;

    /** Ranks of all adapters that are joined. */
    private static final int MOST_RANKS = 32;

    private static final int COLUMNS = 8;
    private static final int GROUP = 5;
    private static final int KIND = 7;

    private final List<ResidentAdapter> distinct;
    private final List<long[]> table;

    private AdaptedRows(List<ResidentAdapter> distinct, List<long[]> table) {
        this.distinct = distinct;
        this.table = table;
    }

    /** A row with an adapter, by its place in the packing. */
    private record Place(int rank, int length, ResidentAdapter adapter) {}

    /** How the adapters of a group run, by the number that programs know it by. */
    enum Kind {
        RECTANGLE,
        RUN,
        JOINED
    }

    /** Rows that run together: of one adapter one after another, or each of another. */
    private record Group(Kind kind, List<Place> places) {}

    /**
     * The adapted rows of a packing; empty where there are none.
     *
     * @param packed in the order of the runs
     * @param runs of the rows in the order in which they were given, as are the following
     * @param adapters of each row
     * @param lengths tokens of each row
     * @param labels how many labels each row has
     */
    static Optional<AdaptedRows> of(
            PackedRows packed,
            AdapterRuns runs,
            List<Optional<ResidentAdapter>> adapters,
            int[] lengths,
            int[] labels) {
        int[] order = packed.order();
        Map<String, ResidentAdapter> distinct = new LinkedHashMap<>();
        List<Place> alone = new ArrayList<>();
        Map<Integer, List<Place>> together = new LinkedHashMap<>();
        for (int rank = 0; rank < order.length; rank++) {
            int row = order[rank];
            ResidentAdapter adapter = adapters.get(row).orElse(null);
            if (adapter != null) {
                distinct.put(adapter.digest(), adapter);
                Place place = new Place(rank, lengths[row], adapter);
                (runs.shares(row) ? together.computeIfAbsent(runs.place(row), first -> new ArrayList<>()) : alone)
                        .add(place);
            }
        }
        if (distinct.isEmpty()) {
            return Optional.empty();
        }
        List<Group> groups = new ArrayList<>();
        joined(alone).stream().filter(group -> group.places().size() > 1).forEach(groups::add);
        Set<Place> placed =
                groups.stream().flatMap(group -> group.places().stream()).collect(Collectors.toSet());
        groups.addAll(rectangles(
                alone.stream().filter(place -> !placed.contains(place)).toList()));
        together.values().forEach(places -> groups.add(new Group(Kind.RUN, places)));
        return Optional.of(new AdaptedRows(
                List.copyOf(distinct.values()), table(groups, List.copyOf(distinct.keySet()), packed, labels)));
    }

    /** Rows of small adapters that follow one another; one without such a neighbour is a group by itself. */
    private static List<Group> joined(List<Place> rows) {
        List<Group> groups = new ArrayList<>();
        List<Place> open = new ArrayList<>();
        for (Place place : rows) {
            if (place.adapter().shape().largestRank() > SMALL_RANK) {
                continue;
            }
            if (!open.isEmpty() && !follows(place, open)) {
                groups.add(new Group(Kind.JOINED, List.copyOf(open)));
                open.clear();
            }
            open.add(place);
        }
        if (!open.isEmpty()) {
            groups.add(new Group(Kind.JOINED, open));
        }
        return groups;
    }

    private static boolean follows(Place place, List<Place> open) {
        Place last = open.get(open.size() - 1);
        AdapterShape shape = place.adapter().shape();
        return place.rank() == last.rank() + 1
                && shape.equals(last.adapter().shape())
                && place.length() < LONG_ROW
                && open.size() < MOST_ROWS
                && (open.size() + 1) * shape.largestRank() <= MOST_RANKS;
    }

    /** Of rows that come with growing length. */
    private static List<Group> rectangles(List<Place> rows) {
        List<Group> groups = new ArrayList<>();
        Map<AdapterShape, List<Place>> open = new LinkedHashMap<>();
        for (Place place : rows) {
            List<Place> neighbours = open.computeIfAbsent(place.adapter().shape(), seen -> new ArrayList<>());
            if (!neighbours.isEmpty() && !joins(place, neighbours)) {
                groups.add(new Group(Kind.RECTANGLE, List.copyOf(neighbours)));
                neighbours.clear();
            }
            neighbours.add(place);
        }
        open.values().forEach(places -> groups.add(new Group(Kind.RECTANGLE, places)));
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

    private static List<long[]> table(List<Group> groups, List<String> digests, PackedRows packed, int[] labels) {
        int[] order = packed.order();
        long[] starts = packed.starts();
        long[] firstLabels = new long[order.length + 1];
        for (int rank = 0; rank < order.length; rank++) {
            firstLabels[rank + 1] = firstLabels[rank] + labels[order[rank]];
        }
        List<long[]> table = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            for (Place place : groups.get(group).places()) {
                int rank = place.rank();
                table.add(new long[] {
                    rank,
                    starts[rank],
                    place.length(),
                    firstLabels[rank],
                    labels[order[rank]],
                    group,
                    digests.indexOf(place.adapter().digest()),
                    groups.get(group).kind().ordinal()
                });
            }
        }
        return table;
    }

    /** What each row of the table says of how its group runs, and the group's number. */
    List<Map.Entry<Kind, Long>> kinds() {
        return table.stream()
                .map(row -> Map.entry(Kind.values()[(int) row[KIND]], row[GROUP]))
                .toList();
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

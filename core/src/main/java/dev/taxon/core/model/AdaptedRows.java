package dev.taxon.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import dev.taxon.core.batch.AdapterRuns;
import dev.taxon.core.model.RowGroups.Group;
import dev.taxon.core.model.RowGroups.Kind;
import dev.taxon.core.model.RowGroups.Place;
import dev.taxon.core.torch.HostTable;
import dev.taxon.core.torch.PackedRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a packing that have adapters, as programs take them ({@code lora.py}), in groups that run together: each run, and
 * the others as {@link RowGroups} has them.
 */
final class AdaptedRows {
    private static final int COLUMNS = 8;
    private static final int GROUP = 5;
    private static final int KIND = 7;

    private final List<ResidentAdapter> distinct;
    private final List<long[]> table;

    private AdaptedRows(List<ResidentAdapter> distinct, List<long[]> table) {
        this.distinct = distinct;
        this.table = table;
    }

    /**
     * The adapted rows of a packing; empty where there are none.
     *
     * @param rules of the device
     * @param packed in the order of the runs
     * @param runs of the rows in the order in which they were given, as are the following
     * @param adapters of each row
     * @param lengths tokens of each row
     * @param labels how many labels each row has
     */
    static Optional<AdaptedRows> of(
            GroupRules rules,
            PackedRows packed,
            AdapterRuns runs,
            List<Optional<ResidentAdapter>> adapters,
            int[] lengths,
            int[] labels) {
        Map<String, ResidentAdapter> distinct = new LinkedHashMap<>();
        List<Place> places = places(packed.order(), adapters, lengths);
        places.forEach(place -> distinct.put(place.adapter().digest(), place.adapter()));
        if (distinct.isEmpty()) {
            return Optional.empty();
        }
        Map<Integer, List<Place>> together = new LinkedHashMap<>();
        List<Place> alone = new ArrayList<>();
        for (Place place : places) {
            if (runs.shares(place.row())) {
                together.computeIfAbsent(runs.place(place.row()), first -> new ArrayList<>())
                        .add(place);
            } else {
                alone.add(place);
            }
        }
        List<Group> groups = new ArrayList<>(new RowGroups(rules).of(alone));
        together.values().forEach(run -> groups.add(new Group(Kind.RUN, run)));
        return Optional.of(new AdaptedRows(
                List.copyOf(distinct.values()), table(groups, List.copyOf(distinct.keySet()), packed, labels)));
    }

    private static List<Place> places(int[] order, List<Optional<ResidentAdapter>> adapters, int[] lengths) {
        List<Place> places = new ArrayList<>();
        for (int rank = 0; rank < order.length; rank++) {
            int row = order[rank];
            ResidentAdapter adapter = adapters.get(row).orElse(null);
            if (adapter != null) {
                places.add(new Place(row, rank, lengths[row], adapter));
            }
        }
        return places;
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

package dev.taxon.core.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Groups rows that are in no run: small adapters joined, the others in rectangles. */
record RowGroups(GroupRules rules) {

    /** How the adapters of a group run, by the number that programs know it by. */
    enum Kind {
        RECTANGLE,
        RUN,
        JOINED
    }

    /** A row with an adapter, by its number and its place in the packing. */
    record Place(int row, int rank, int length, ResidentAdapter adapter) {}

    /** Rows that run together, in the order of the packing: a run's, which have one adapter, or each with its own. */
    record Group(Kind kind, List<Place> places) {}

    /**
     * Of rows in the order of the packing, in which those that are in no run come with growing length. Those of each group stay
     * in it: programs tell by the first token and the last whether a group's follow one another.
     */
    List<Group> of(List<Place> rows) {
        List<Group> groups = new ArrayList<>(joined(rows));
        Set<Place> placed =
                groups.stream().flatMap(group -> group.places().stream()).collect(Collectors.toSet());
        groups.addAll(rectangles(
                rows.stream().filter(place -> !placed.contains(place)).toList()));
        return groups;
    }

    /** Rows of small adapters that follow one another, two or more. */
    private List<Group> joined(List<Place> rows) {
        List<List<Place>> groups = new ArrayList<>();
        for (Place place : rows) {
            if (place.adapter().shape().largestRank() > rules.smallRank()) {
                continue;
            }
            if (groups.isEmpty() || !follows(place, groups.get(groups.size() - 1))) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(place);
        }
        return groups.stream()
                .filter(places -> places.size() > 1)
                .map(places -> new Group(Kind.JOINED, places))
                .toList();
    }

    private boolean follows(Place place, List<Place> open) {
        Place last = open.get(open.size() - 1);
        AdapterShape shape = place.adapter().shape();
        return place.rank() == last.rank() + 1
                && shape.equals(last.adapter().shape())
                && place.length() < rules.longRow()
                && open.size() < rules.mostRows()
                && (open.size() + 1) * shape.largestRank() <= rules.mostJoined();
    }

    /** Of rows that come with growing length. */
    private List<Group> rectangles(List<Place> rows) {
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
    private boolean joins(Place place, List<Place> neighbours) {
        long tokens =
                place.length() + neighbours.stream().mapToLong(Place::length).sum();
        int rank = place.adapter().shape().largestRank();
        return neighbours.size() < rules.mostRows()
                && (neighbours.size() + 1) * rank <= rules.mostStacked()
                && place.length() < rules.longRow()
                && (neighbours.size() + 1L) * place.length() <= rules.mostPadding() * tokens;
    }
}

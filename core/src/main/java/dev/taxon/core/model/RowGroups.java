package dev.taxon.core.model;

import dev.taxon.core.model.AdaptedRows.Group;
import dev.taxon.core.model.AdaptedRows.Kind;
import dev.taxon.core.model.AdaptedRows.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Groups rows that are in no run: small adapters joined, the others in rectangles. */
record RowGroups(GroupRules rules) {

    /** Of rows in the order of the packing; those of each group are in that order, too. */
    List<Group> of(List<Place> rows) {
        List<Group> groups = new ArrayList<>(joined(rows));
        Set<Place> placed =
                groups.stream().flatMap(group -> group.places().stream()).collect(Collectors.toSet());
        groups.addAll(rectangles(rows.stream()
                .filter(place -> !placed.contains(place))
                .sorted(Comparator.comparingInt(Place::length))
                .toList()));
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
                && (open.size() + 1) * shape.largestRank() <= rules.mostRanks();
    }

    /** Of rows that come with growing length. */
    private List<Group> rectangles(List<Place> rows) {
        List<Group> groups = new ArrayList<>();
        Map<AdapterShape, List<Place>> open = new LinkedHashMap<>();
        for (Place place : rows) {
            List<Place> neighbours = open.computeIfAbsent(place.adapter().shape(), seen -> new ArrayList<>());
            if (!neighbours.isEmpty() && !joins(place, neighbours)) {
                groups.add(rectangle(neighbours));
                neighbours.clear();
            }
            neighbours.add(place);
        }
        open.values().forEach(places -> groups.add(rectangle(places)));
        return groups;
    }

    private static Group rectangle(List<Place> places) {
        return new Group(
                Kind.RECTANGLE,
                places.stream().sorted(Comparator.comparingInt(Place::rank)).toList());
    }

    /** The place is of the longest row. */
    private boolean joins(Place place, List<Place> neighbours) {
        long tokens =
                place.length() + neighbours.stream().mapToLong(Place::length).sum();
        return neighbours.size() < rules.mostRows()
                && place.length() < rules.longRow()
                && (neighbours.size() + 1L) * place.length() <= rules.mostPadding() * tokens;
    }
}

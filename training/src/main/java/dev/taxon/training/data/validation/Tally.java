package dev.taxon.training.data.validation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Counts what is found of one kind and keeps the first of it. */
final class Tally {
    /** How many places and names a finding shows. */
    static final int SHOWN = 10;

    private final FindingKind kind;
    private final List<Occurrence> first = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();
    private long count;

    Tally(FindingKind kind) {
        this.kind = kind;
    }

    void add(Occurrence occurrence) {
        count++;
        if (first.size() < SHOWN) {
            first.add(occurrence);
        }
    }

    /** Counts a name: the finding is about labels, or columns. */
    void add(String name) {
        count++;
        name(name);
    }

    /** Shows a name without counting it. */
    void name(String name) {
        if (names.size() < SHOWN) {
            names.add(name);
        }
    }

    long count() {
        return count;
    }

    /** Nothing when nothing was found. */
    Stream<Finding> finding(String message) {
        return count == 0 ? Stream.empty() : Stream.of(new Finding(kind, count, message, first, List.copyOf(names)));
    }

    /** As above, in two ways of speaking: of one, and of several, where {@code %d} stands for how many. */
    Stream<Finding> finding(String ofOne, String ofSeveral) {
        return finding(count == 1 ? ofOne : Words.of(ofSeveral, count));
    }
}

package dev.taxon.training.data.validation;

import dev.taxon.training.data.DataException;
import dev.taxon.training.data.DataRow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts labels, row by row, and holds each row's against the set: the one given, or the row's own candidates. */
final class LabelCheck implements RowCheck {
    /** More than any label set; a column of texts taken for labels is told by it before it fills the heap. */
    private static final int MOST_LABELS = 100_000;

    private final List<DataPart> parts;
    private final Set<String> given;
    private final TreeSet<String> offered;
    private final TreeMap<String, EnumMap<Role, Long>> uses = new TreeMap<>();
    private final Tally unknown = new Tally(FindingKind.UNKNOWN_LABEL);
    private final Tally none = new Tally(FindingKind.NO_LABEL);
    private final Tally otherSets = new Tally(FindingKind.OPEN_LABEL_SET);
    private final SingleAnswer singleAnswer = new SingleAnswer();
    private @Nullable Set<String> firstSet;
    private List<String> lastSet = List.of();
    private boolean lastIsAnother;
    private boolean singleLabel = true;

    /** @param given the label set; empty to take what rows offer and have */
    LabelCheck(List<DataPart> parts, List<String> given) {
        this.parts = List.copyOf(parts);
        this.given = Set.copyOf(given);
        this.offered = new TreeSet<>(given);
    }

    @Override
    public boolean accepts(DataRow.Labelled row, int part, Occurrence where) {
        Role role = parts.get(part).role();
        offer(row.allLabels(), where);
        if (row.trueLabels().isEmpty()) {
            none.add(where);
        }
        singleLabel &= row.trueLabels().size() == 1;
        singleAnswer.see(row.trueLabels(), role);
        boolean known = true;
        for (String label : row.trueLabels()) {
            if (isKnown(label, row.allLabels())) {
                count(label, role, where);
            } else {
                unknown.name(label);
                known = false;
            }
        }
        if (!known) {
            unknown.add(where);
        }
        return known;
    }

    private boolean isKnown(String label, @Nullable List<String> candidates) {
        if (!given.isEmpty()) {
            return given.contains(label);
        }
        return candidates == null || candidates.contains(label);
    }

    private void offer(@Nullable List<String> candidates, Occurrence where) {
        if (!given.isEmpty() || candidates == null) {
            return;
        }
        // Equal lists of a file are mostly one object.
        if (candidates != lastSet) {
            lastSet = candidates;
            lastIsAnother = isAnother(candidates, where);
        }
        if (lastIsAnother) {
            otherSets.add(where);
        }
    }

    private boolean isAnother(List<String> candidates, Occurrence where) {
        offered.addAll(candidates);
        requireFew(where);
        Set<String> set = new HashSet<>(candidates);
        if (firstSet == null) {
            firstSet = set;
        }
        return !set.equals(firstSet);
    }

    private void count(String label, Role role, Occurrence where) {
        uses.computeIfAbsent(label, unseen -> new EnumMap<>(Role.class)).merge(role, 1L, Long::sum);
        requireFew(where);
    }

    private void requireFew(Occurrence where) {
        if (uses.size() > MOST_LABELS || offered.size() > MOST_LABELS) {
            throw new DataException(Words.of(
                    "There are more than %,d different labels up to %s; is it the right column? Name it with --label-column.",
                    MOST_LABELS, where.place()));
        }
    }

    /** Whether every row had exactly one label. */
    boolean singleLabel() {
        return singleLabel;
    }

    /** Every label of the set, with or without rows, sorted. */
    List<LabelUse> uses() {
        TreeSet<String> all = new TreeSet<>(offered);
        all.addAll(uses.keySet());
        List<LabelUse> list = new ArrayList<>();
        for (String label : all) {
            list.add(new LabelUse(label, uses.getOrDefault(label, new EnumMap<>(Role.class))));
        }
        return list;
    }

    @Override
    public Stream<Finding> findings() {
        boolean trained = parts.stream().anyMatch(part -> part.role() == Role.TRAIN);
        LabelSetFindings set = new LabelSetFindings(uses(), trained, otherSets.count() == 0);
        return Stream.of(
                        unknown.finding(
                                "A row has a label that is not in the set; correct it or add the label.",
                                "%d rows have labels that are not in the set; correct them or add the labels."),
                        none.finding(
                                "A row has no label; it is read as one that none of the labels fits, as in multi-label data.",
                                "%d rows have no label; they are read as ones that none of the labels fits, as in multi-label data."),
                        otherSets.finding(
                                "Rows bring different sets of labels, so whether a label has enough examples was"
                                        + " not judged; give --labels for one set."),
                        singleAnswer.findings(uses().size(), none.count()),
                        set.findings())
                .flatMap(found -> found);
    }
}

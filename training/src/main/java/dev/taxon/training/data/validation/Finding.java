package dev.taxon.training.data.validation;

import java.util.List;

/**
 * One thing that was found, however often.
 *
 * @param count how many rows it concerns, or labels, columns, files: see the kind
 * @param message a sentence for people: what, how many, what to do
 * @param occurrences the first of them, {@link Tally#SHOWN} at most
 * @param names labels or columns that it is about, {@link Tally#SHOWN} at most, in order
 */
public record Finding(FindingKind kind, long count, String message, List<Occurrence> occurrences, List<String> names) {
    public Finding {
        occurrences = List.copyOf(occurrences);
        names = List.copyOf(names);
    }

    public Severity severity() {
        return kind.severity();
    }
}

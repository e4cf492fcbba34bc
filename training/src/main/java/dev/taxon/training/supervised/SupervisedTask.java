package dev.taxon.training.supervised;

import dev.taxon.core.Mode;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.PlainText;
import dev.taxon.training.learning.LearnedBefore;
import dev.taxon.training.learning.PlacedRow;
import dev.taxon.training.learning.RowsDigest;
import dev.taxon.training.learning.SharedLabels;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an adapter is to learn.
 *
 * @param examples rows with the labels each could have and those it has
 * @param labels the labels of all rows, in order; empty where rows have label sets of their own
 * @param rehearsal older rows that are seen beside
 * @param before rows that the adapter to go on from had learned
 */
public record SupervisedTask(
        List<Example> examples, List<String> labels, Mode mode, Rehearsal rehearsal, LearnedBefore before) {
    public SupervisedTask {
        examples = List.copyOf(examples);
        labels = List.copyOf(labels);
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("There are no rows to learn from.");
        }
    }

    /** A task beside which nothing is rehearsed. */
    public SupervisedTask(List<Example> examples, List<String> labels, Mode mode) {
        this(examples, labels, mode, Rehearsal.none(), LearnedBefore.nothing());
    }

    /** A task whose labels are those that all rows share, if they do. */
    public static SupervisedTask of(List<Example> examples, Mode mode) {
        List<List<String>> offered = examples.stream().map(Example::allLabels).toList();
        return new SupervisedTask(examples, SharedLabels.of(offered), mode);
    }

    /** How many labels the rows have between them. */
    public int labelCount() {
        Set<String> all = new LinkedHashSet<>();
        examples.forEach(example -> all.addAll(example.allLabels()));
        return all.size();
    }

    /** The same task beside older rows, which it has learned before where they are among its own. */
    public SupervisedTask withRehearsal(Rehearsal older) {
        Set<String> texts =
                older.rows().stream().map(row -> PlainText.of(row.text())).collect(Collectors.toSet());
        return new SupervisedTask(examples, labels, mode, older, before.and(LearnedBefore.among(examples, texts)));
    }

    /** The same task, of which an adapter that goes on has learned some rows before. */
    public SupervisedTask withLearnedBefore(LearnedBefore learned) {
        return new SupervisedTask(examples, labels, mode, rehearsal, before.and(learned));
    }

    /** The rows to learn, by their numbers, and after them those that are rehearsed. */
    List<Example> rows() {
        return Stream.concat(examples.stream(), rehearsal.rows().stream()).toList();
    }

    /** Where a row of {@link #rows} stands, for messages. */
    String place(int row) {
        int own = examples.size();
        return row < own ? "row " + (row + 1) : "rehearsed row " + (row - own + 1);
    }

    /** A row of {@link #rows} as it is read. */
    PlacedRow placed(int row) {
        int own = examples.size();
        Example example = row < own ? examples.get(row) : rehearsal.rows().get(row - own);
        return new PlacedRow(place(row), example.text(), example.allLabels());
    }

    /** Knows the rows by their content and order: SHA-256 over texts, candidates and true labels, in hexadecimal. */
    public String digest() {
        return new RowsDigest().examples(rows()).hexadecimal();
    }

    /** Sizes only: texts and labels are a customer's words. */
    @Override
    public String toString() {
        return "SupervisedTask[%d rows, %d labels, %s]".formatted(examples.size(), labels.size(), mode);
    }
}

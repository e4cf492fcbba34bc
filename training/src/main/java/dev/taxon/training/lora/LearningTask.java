package dev.taxon.training.lora;

import dev.taxon.core.Mode;
import dev.taxon.training.data.Example;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an adapter is to learn.
 *
 * @param examples rows with the labels each could have and those it has
 * @param labels the labels of all rows, in order; empty where rows have label sets of their own
 * @param rehearsal older rows that are seen beside
 */
public record LearningTask(List<Example> examples, List<String> labels, Mode mode, Rehearsal rehearsal) {
    public LearningTask {
        examples = List.copyOf(examples);
        labels = List.copyOf(labels);
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("There are no rows to learn from.");
        }
    }

    /** A task beside which nothing is rehearsed. */
    public LearningTask(List<Example> examples, List<String> labels, Mode mode) {
        this(examples, labels, mode, Rehearsal.none());
    }

    /** A task whose labels are those that all rows share, if they do. */
    public static LearningTask of(List<Example> examples, Mode mode) {
        Set<String> first = Set.copyOf(examples.get(0).allLabels());
        boolean shared = examples.stream()
                .map(Example::allLabels)
                .distinct()
                .allMatch(labels -> first.equals(Set.copyOf(labels)));
        return new LearningTask(examples, shared ? examples.get(0).allLabels() : List.of(), mode);
    }

    /** Single-label where every row has exactly one true label. */
    public static Mode modeOf(List<Example> examples) {
        return examples.stream().allMatch(example -> example.trueLabels().size() == 1)
                ? Mode.SINGLE_LABEL
                : Mode.MULTI_LABEL;
    }

    /**
     * What was asked for, or else what the rows say.
     *
     * @throws IllegalArgumentException where the two do not go together
     */
    public static Mode modeOf(List<Example> examples, Optional<Mode> asked) {
        Mode mode = asked.orElseGet(() -> modeOf(examples));
        if (mode == Mode.SINGLE_LABEL
                && examples.stream().anyMatch(example -> example.trueLabels().size() > 1)) {
            throw new IllegalArgumentException("some rows have several true labels; take multi-label");
        }
        return mode;
    }

    /** How many labels the rows have between them. */
    public int labelCount() {
        Set<String> all = new LinkedHashSet<>();
        examples.forEach(example -> all.addAll(example.allLabels()));
        return all.size();
    }

    /** The same task beside older rows. */
    public LearningTask withRehearsal(Rehearsal older) {
        return new LearningTask(examples, labels, mode, older);
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

    /** Knows the rows by their content and order: SHA-256 over texts, candidates and true labels, in hexadecimal. */
    String digest() {
        return new RowsDigest().examples(rows()).hexadecimal();
    }

    /** Sizes only: texts and labels are a customer's words. */
    @Override
    public String toString() {
        return "LearningTask[%d rows, %d labels, %s]".formatted(examples.size(), labels.size(), mode);
    }
}

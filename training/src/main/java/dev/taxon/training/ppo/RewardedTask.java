package dev.taxon.training.ppo;

import dev.taxon.core.Mode;
import dev.taxon.training.Setting;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.PlainText;
import dev.taxon.training.learning.Folds;
import dev.taxon.training.learning.LearnedBefore;
import dev.taxon.training.learning.RowsDigest;
import dev.taxon.training.learning.SharedLabels;
import dev.taxon.training.policy.Judgement.Truth;
import dev.taxon.training.policy.PolicyRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What an adapter is to learn from rewards, and the rows by which it is judged before and after.
 *
 * @param rows those that are learned from
 * @param judged numbers of the judged rows in the data, from 0
 * @param examples the judged rows, with their true labels
 * @param apart whether no judged row is learned from, or was before
 * @param labels the labels of all rows, in order; empty where rows have label sets of their own
 */
public record RewardedTask(
        List<RewardedRow> rows, int[] judged, List<Example> examples, boolean apart, List<String> labels, Mode mode) {
    /** The share of rows that is held out where nothing else is asked for. */
    public static final double DEFAULT_HELD_OUT = 0.2;

    private static final int MOST_JUDGED = 2000;

    /** As many as are held out of the fewest rows of which some are. */
    private static final int FEWEST_JUDGED = 8;

    private static final long HELD_OUT = 15;

    public RewardedTask {
        rows = List.copyOf(rows);
        examples = List.copyOf(examples);
        labels = List.copyOf(labels);
        if (rows.isEmpty() || examples.isEmpty()) {
            throw new IllegalArgumentException("There are no rows to learn from, or none to be judged by.");
        }
    }

    /**
     * Learns from rows whose labels are known, of which the learner is told no more than rewards; holds a part out.
     *
     * @param share of the rows that are held out, in (0, 0.5]; of few rows, and of rows of one text, none, so that all are judged
     */
    public static RewardedTask ofLabelled(List<Example> examples, Mode mode, double share, long seed) {
        return ofLabelled(examples, mode, share, seed, LearnedBefore.nothing());
    }

    /**
     * As above, for an adapter that has learned some of the rows before: the share of the others is held out, as if these
     * were all. Where they are few, rows are judged that were learned from.
     */
    public static RewardedTask ofLabelled(
            List<Example> examples, Mode mode, double share, long seed, LearnedBefore before) {
        Setting.require(share > 0 && share <= 0.5, "held_out", "the share of rows held out lies in (0, 0.5].");
        int[] everyRow = IntStream.range(0, examples.size()).toArray();
        int[] fresh = before.others(examples);
        List<Example> candidates = IntStream.of(fresh).mapToObj(examples::get).toList();
        if (candidates.size() < LearnedBefore.FEW || Folds.texts(candidates) < 2) {
            return of(labelled(examples, everyRow, mode), some(examples, everyRow, seed), examples, false, mode);
        }
        int[] heldOut = part(candidates, fresh, share, seed);
        Set<Integer> out = IntStream.of(heldOut).boxed().collect(Collectors.toSet());
        int[] learned = IntStream.of(everyRow).filter(row -> !out.contains(row)).toArray();
        return of(labelled(examples, learned, mode), heldOut, examples, true, mode);
    }

    /** Of rows with these numbers a share, if that are not too many, in order. */
    private static int[] part(List<Example> rows, int[] numbers, double share, long seed) {
        int parts = (int) Math.ceil(Math.max(1 / share, (double) rows.size() / MOST_JUDGED));
        int[] part = Folds.of(rows, parts, seed ^ HELD_OUT);
        return IntStream.range(0, rows.size())
                .filter(row -> part[row] == 0)
                .map(row -> numbers[row])
                .toArray();
    }

    /** All of these rows, if that are not too many. */
    private static int[] some(List<Example> examples, int[] everyRow, long seed) {
        return everyRow.length <= MOST_JUDGED || Folds.texts(examples) < 2
                ? everyRow
                : part(examples, everyRow, 1, seed);
    }

    /** Learns from some rows whose labels are known, of which the learner is told no more than rewards; judged by others. */
    public static RewardedTask ofParts(List<Example> learned, List<Example> judged, Mode mode) {
        int[] rows = IntStream.range(0, learned.size()).toArray();
        int[] others = IntStream.range(0, judged.size()).toArray();
        return of(labelled(learned, rows, mode), others, judged, true, mode);
    }

    /** Learns from rows that people have judged; is judged by labelled ones, the first of them if they are many. */
    public static RewardedTask ofFeedback(List<RewardedRow> feedback, List<Example> examples, Mode mode) {
        return ofFeedback(feedback, examples, mode, LearnedBefore.nothing());
    }

    /**
     * As above, for an adapter that has learned some of the labelled rows before: the others judge it, and so do they not
     * whose text people have judged. Where too few are left, all do, as rows that were learned from.
     */
    public static RewardedTask ofFeedback(
            List<RewardedRow> feedback, List<Example> examples, Mode mode, LearnedBefore before) {
        Set<String> texts =
                feedback.stream().map(row -> PlainText.of(row.text())).collect(Collectors.toSet());
        LearnedBefore learned = before.and(LearnedBefore.among(examples, texts));
        int[] fresh = learned.others(examples);
        boolean apart = fresh.length >= Math.min(FEWEST_JUDGED, examples.size());
        int[] judged = apart ? fresh : IntStream.range(0, examples.size()).toArray();
        return of(feedback, IntStream.of(judged).limit(MOST_JUDGED).toArray(), examples, apart, mode);
    }

    private static RewardedTask of(
            List<RewardedRow> rows, int[] judged, List<Example> examples, boolean apart, Mode mode) {
        List<Example> own = IntStream.of(judged).mapToObj(examples::get).toList();
        List<List<String>> sets = Stream.concat(
                        rows.stream().map(row -> row.row().labels()),
                        own.stream().map(Example::allLabels))
                .toList();
        return new RewardedTask(rows, judged, own, apart, SharedLabels.of(sets), mode);
    }

    private static List<RewardedRow> labelled(List<Example> examples, int[] numbers, Mode mode) {
        List<RewardedRow> rows = new ArrayList<>();
        for (int number : numbers) {
            Example example = examples.get(number);
            Truth truth = new Truth(Set.copyOf(example.trueLabels()));
            PolicyRow row = new PolicyRow(
                    "row " + (number + 1), example.allLabels(), mode == Mode.SINGLE_LABEL, truth, Optional.empty());
            rows.add(new RewardedRow(example.text(), row));
        }
        return rows;
    }

    /** Where a judged row stands in the data, by its number among them, for messages. */
    String judgedPlace(int number) {
        return "row " + (judged[number] + 1);
    }

    /** Knows what is learned from, what is known of it and the rows it is judged by; SHA-256 in hexadecimal. */
    public String digest() {
        RowsDigest digest = new RowsDigest();
        rows.forEach(row -> row.addTo(digest));
        return digest.examples(examples).hexadecimal();
    }

    /** Sizes only: texts and labels are a customer's words. */
    @Override
    public String toString() {
        return "RewardedTask[%d rows, %d judged, %s]".formatted(rows.size(), judged.length, mode);
    }
}

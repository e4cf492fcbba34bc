package dev.taxon.training.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An answer that was given, and a person's word on it.
 *
 * @param text the text, not blank
 * @param labels the candidates, distinct, at least one
 * @param predicted the answer: some of the labels, possibly none
 * @param trueLabels the right answer: some of the labels, possibly none; there for a corrected answer, may be there for an
 *     accepted one, where it is the same, and is not there for a rejected one
 */
public record FeedbackRow(
        String text, List<String> labels, List<String> predicted, Verdict verdict, Optional<List<String>> trueLabels) {

    /** What was said of an answer. */
    public enum Verdict {
        ACCEPTED,
        REJECTED,
        CORRECTED
    }

    /** Throws {@link IllegalArgumentException} for fields that do not fit together; the message quotes none. */
    public FeedbackRow {
        labels = List.copyOf(labels);
        predicted = List.copyOf(predicted);
        trueLabels = trueLabels.map(List::copyOf);
        require(!text.isBlank(), "has a blank text; fill it in or remove the row.");
        require(!labels.isEmpty(), "has no labels.");
        requireSubset(labels, labels, "labels");
        requireSubset(predicted, labels, "predicted");
        requireSubset(trueLabels.orElse(List.of()), labels, "true_labels");
        requireVerdict(predicted, verdict, trueLabels);
    }

    private static void requireSubset(List<String> some, List<String> labels, String name) {
        require(new HashSet<>(some).size() == some.size(), "has the same label twice in " + name + ".");
        require(labels.containsAll(some), "has a label in " + name + " that is not in labels.");
    }

    private static void requireVerdict(List<String> predicted, Verdict verdict, Optional<List<String>> trueLabels) {
        switch (verdict) {
            case CORRECTED ->
                require(trueLabels.isPresent(), "is corrected and lacks true_labels; give the right ones.");
            case REJECTED ->
                require(
                        trueLabels.isEmpty(),
                        "is rejected and has true_labels; call it corrected where they are known.");
            case ACCEPTED ->
                require(
                        trueLabels.isEmpty() || Set.copyOf(trueLabels.get()).equals(Set.copyOf(predicted)),
                        "is accepted and has true_labels other than those predicted; call it corrected.");
        }
    }

    private static void require(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException(fault);
        }
    }

    /** What the row says of its answer. */
    public Judgement judgement() {
        return switch (verdict) {
            case ACCEPTED -> new Judgement.Accepted(Set.copyOf(predicted));
            case REJECTED -> new Judgement.Rejected(Set.copyOf(predicted));
            case CORRECTED -> new Judgement.Corrected(Set.copyOf(trueLabels.orElseThrow()));
        };
    }

    /**
     * The row for a policy to learn from: it is the judged answer that is learned from, not another.
     *
     * @param place where the row stands, for messages
     * @param singleLabel true when a row has exactly one answer
     */
    public PolicyRow policyRow(String place, boolean singleLabel) {
        return new PolicyRow(place, labels, singleLabel, judgement(), Optional.of(Set.copyOf(predicted)));
    }
}

package dev.taxon.training.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A row that the policy answers, or whose answer was given before and is learned from.
 *
 * @param place where the row stands, such as file and line, for messages; never its text
 * @param labels the candidates, distinct, in the order of the batch
 * @param singleLabel true when the row is answered with exactly one label
 * @param taken the answer that was given before, among the labels; empty where the policy is to answer
 */
public record PolicyRow(
        String place, List<String> labels, boolean singleLabel, Judgement judgement, Optional<Set<String>> taken) {

    /** Throws {@link IllegalArgumentException}, which names the place, for an answer that the policy could not give. */
    public PolicyRow {
        labels = List.copyOf(labels);
        taken = taken.map(Set::copyOf);
        require(!labels.isEmpty(), place + " has no labels; a policy needs at least one to decide on.");
        require(
                labels.containsAll(taken.orElse(Set.of())),
                place + " was answered with a label that is not among its own.");
        require(
                !singleLabel || taken.isEmpty() || taken.get().size() == 1,
                place + " was not answered with exactly one label, as single-label data is.");
    }

    private static void require(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException(fault);
        }
    }
}

package dev.taxon.training.policy;

import java.util.Set;

/**
 * What the policy answered for a row, and what is known of the row.
 *
 * @param place where the row stands, such as file and line, for messages; never its text
 * @param chosen the labels that were chosen, possibly none
 */
public record Answer(String place, Set<String> chosen, Judgement judgement) {
    public Answer {
        chosen = Set.copyOf(chosen);
    }

    /** The labels that are right. Throws {@link RewardException} where they are not known. */
    Set<String> trueLabels() {
        return judgement
                .trueLabels()
                .orElseThrow(() -> new RewardException("the row was rejected, which does not say what is right; "
                        + "reward such rows by feedback alone, or leave them out."));
    }
}

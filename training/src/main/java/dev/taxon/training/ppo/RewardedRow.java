package dev.taxon.training.ppo;

import dev.taxon.training.learning.PlacedRow;
import dev.taxon.training.learning.RowsDigest;
import dev.taxon.training.policy.PolicyRow;
import java.util.Collection;
import java.util.List;

/**
 * A text to answer and be rewarded for.
 *
 * @param row its labels and what is known of it
 */
public record RewardedRow(String text, PolicyRow row) {

    /** Adds text, candidates, what is known of them and the answer that was given before. */
    void addTo(RowsDigest digest) {
        digest.part(text).part(row.labels());
        digest.part(row.judgement().getClass().getSimpleName());
        row.judgement().trueLabels().ifPresent(labels -> digest.part(sorted(labels)));
        digest.part(row.taken().isPresent() ? "taken" : "to be answered");
        row.taken().ifPresent(answer -> digest.part(sorted(answer)));
    }

    /** Sets have an order of their own in each process. */
    private static List<String> sorted(Collection<String> labels) {
        return labels.stream().sorted().toList();
    }

    PlacedRow placed() {
        return new PlacedRow(row.place(), text, row.labels());
    }

    /** Where it stands only: the text is a customer's word. */
    @Override
    public String toString() {
        return "RewardedRow[" + row.place() + "]";
    }
}

package dev.taxon.training.lora;

import dev.taxon.training.policy.PolicyRow;

/**
 * A text to answer and be rewarded for.
 *
 * @param row its labels and what is known of it
 */
public record RewardedRow(String text, PolicyRow row) {

    /** Where it stands only: the text is a customer's word. */
    @Override
    public String toString() {
        return "RewardedRow[" + row.place() + "]";
    }
}

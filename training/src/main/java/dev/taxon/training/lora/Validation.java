package dev.taxon.training.lora;

/** How it is found out how good an adapter is on rows that it did not learn from. */
public sealed interface Validation {

    /**
     * For few rows: in turn each part is scored by an adapter that learned the others, and the adapter that is kept learns
     * all rows by the same fixed recipe.
     *
     * @param folds how many parts
     */
    record CrossFitted(int folds) implements Validation {
        public CrossFitted {
            if (folds < 2) {
                throw new IllegalArgumentException("LoRA settings: cross-fitting takes at least 2 folds.");
            }
        }
    }

    /**
     * For many rows: a part is held out, and learning stops when that part no longer gains; the best adapter is kept.
     *
     * @param share of the rows, in (0, 0.5]
     * @param most rows
     * @param patience looks without a gain before it stops
     */
    record HeldOut(double share, int most, int patience) implements Validation {
        public HeldOut {
            if (!(share > 0 && share <= 0.5)) {
                throw new IllegalArgumentException("LoRA settings: the share of rows held out lies in (0, 0.5].");
            }
            if (most < 1 || patience < 1) {
                throw new IllegalArgumentException(
                        "LoRA settings: at least 1 row is held out, and patience is 1 or more.");
            }
        }
    }

    /** None: the adapter is not calibrated, and its report has no figures. */
    record Skipped() implements Validation {}
}

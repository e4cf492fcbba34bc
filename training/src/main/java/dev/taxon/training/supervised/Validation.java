package dev.taxon.training.supervised;

import dev.taxon.training.Setting;
import org.jspecify.annotations.Nullable;

/** How it is found out how good an adapter is on rows that it did not learn from. */
public sealed interface Validation {

    /**
     * What was asked for, or else this; folds, where both are given.
     *
     * @param folds how many parts are cross-fitted; 0 for none
     * @param heldOut the share of the rows that is held out
     */
    default Validation with(@Nullable Integer folds, @Nullable Double heldOut) {
        if (folds != null) {
            return folds == 0 ? new Skipped() : new CrossFitted(folds);
        }
        return heldOut == null ? this : SupervisedDefaults.heldOut(heldOut);
    }

    /**
     * For few rows: in turn each part is scored by an adapter that learned the others, and the adapter that is kept learns
     * all rows by the same fixed recipe.
     *
     * @param folds how many parts
     */
    record CrossFitted(int folds) implements Validation {
        public CrossFitted {
            Setting.require(folds >= 2 && folds <= 100, "folds", "cross-fitting takes 2 to 100 folds.");
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
            Setting.require(share > 0 && share <= 0.5, "held_out", "the share of rows held out lies in (0, 0.5].");
            Setting.require(most >= 1, "held_out", "at least 1 row is held out.");
            Setting.require(patience >= 1, "patience", "the patience is at least 1 look.");
        }
    }

    /** None: the adapter is not calibrated, and its report has no figures. */
    record Skipped() implements Validation {}
}

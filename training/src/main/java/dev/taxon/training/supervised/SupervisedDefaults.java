package dev.taxon.training.supervised;

import dev.taxon.core.Mode;
import dev.taxon.training.run.RateSchedule.Decay;
import dev.taxon.training.step.AdapterSize;
import dev.taxon.training.supervised.SupervisedSettings.Candidates;
import dev.taxon.training.supervised.SupervisedSettings.Loss;
import dev.taxon.training.supervised.SupervisedSettings.Rates;
import dev.taxon.training.supervised.SupervisedSettings.Schedule;

/** Settings that need no tuning, from the size of the data; docs/training.md has how they were found. */
public final class SupervisedDefaults {
    /** Rows a label below which the recipe is fixed beforehand, since too little is left to hold out. */
    static final int FEW = 50;

    /** Rows from which a part can be held out without loss, however many labels there are. */
    private static final int FEW_AT_MOST = 5_000;

    /** Rows that the base has wrong from which on there is enough to learn from at full rates. */
    private static final double ENOUGH_WRONG = 8;

    private static final int MOST_ROWS_SEEN = 300_000;

    private SupervisedDefaults() {}

    /**
     * The defaults for a task.
     *
     * @param rows how many rows there are
     * @param labels how many labels they have between them
     */
    public static SupervisedSettings of(int rows, int labels, Mode mode, long seed) {
        boolean few = rows < FEW * labels && rows < FEW_AT_MOST;
        return new SupervisedSettings(
                AdapterSize.defaults(),
                rates(few ? 5e-4 : 3e-4, few && mode == Mode.SINGLE_LABEL ? fullError(rows) : 0),
                mode == Mode.SINGLE_LABEL ? new Loss(-1, 0, 0.1, 1) : new Loss(-1, 0, 1, 0),
                few
                        ? new Schedule(fewEpochs(rows), rows < 200 ? 8 : 16, 2048)
                        : new Schedule(manyEpochs(rows), 32, 2048),
                new Candidates(16, 0.5, 0),
                few ? new Validation.CrossFitted(2) : heldOut(0.1),
                seed);
    }

    /** A share of the rows held out, within bounds. */
    public static Validation.HeldOut heldOut(double share) {
        return new Validation.HeldOut(share, 2000, 3);
    }

    private static Rates rates(double rate, double fullError) {
        return new Rates(rate, rate, 0.1, Decay.LINEAR, 0.01, 1, fullError);
    }

    /** Of a base that guesses between two labels everything has to be learned, from however few rows. */
    private static double fullError(int rows) {
        return Math.min(0.5, ENOUGH_WRONG / rows);
    }

    private static int fewEpochs(int rows) {
        if (rows < 100) {
            return 16;
        }
        return rows < 200 ? 12 : 8;
    }

    private static int manyEpochs(int rows) {
        return Math.max(1, Math.min(8, MOST_ROWS_SEEN / rows));
    }
}

package dev.taxon.training.calibration;

import dev.taxon.training.sampling.Randomness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Calibrates every row by what was fitted to the others, so that no row judges its own calibration. Folds are those of the
 * rows where several models scored them, else up to five drawn ones. Immutable and thread-safe.
 *
 * @param calibrations [rows]
 * @param folds how many parts there were; 0 for a single row, which nothing can be fitted to
 */
public record CrossFit(List<Calibration> calibrations, int folds) {
    private static final int MOST_DRAWN = 5;
    private static final long SEED = 1;

    public CrossFit {
        calibrations = List.copyOf(calibrations);
    }

    /** Fits once a fold. */
    public static CrossFit of(ScoredRows rows) {
        return of(rows, Calibration.none(rows.mode()));
    }

    /**
     * Fits once a fold.
     *
     * @param before what holds where the rows do not tell; see {@link Calibration#fit(ScoredRows, Calibration)}
     */
    public static CrossFit of(ScoredRows rows, Calibration before) {
        if (rows.size() < 2) {
            return new CrossFit(List.of(Calibration.none(rows.mode())), 0);
        }
        IntUnaryOperator fold = rows.models() > 1 ? rows::fold : drawn(rows.size());
        int[] numbers = IntStream.range(0, rows.size()).map(fold).distinct().toArray();
        List<Calibration> calibrations =
                new ArrayList<>(Collections.nCopies(rows.size(), Calibration.none(rows.mode())));
        for (int number : numbers) {
            Calibration fitted = Calibration.fit(rows.select(row -> fold.applyAsInt(row) != number), before);
            IntStream.range(0, rows.size())
                    .filter(row -> fold.applyAsInt(row) == number)
                    .forEach(row -> calibrations.set(row, fitted));
        }
        return new CrossFit(calibrations, numbers.length);
    }

    private static IntUnaryOperator drawn(int rows) {
        int folds = Math.min(MOST_DRAWN, rows);
        int[] places = Randomness.of(SEED, rows).permutation(rows);
        return row -> places[row] % folds;
    }
}

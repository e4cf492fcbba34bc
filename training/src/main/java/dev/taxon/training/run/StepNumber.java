package dev.taxon.training.run;

import java.util.Locale;

/** Steps in names of files, which sort as the steps do. */
public final class StepNumber {
    private StepNumber() {}

    /** Eight digits, the same ones whatever language the machine speaks. */
    public static String of(int step) {
        return String.format(Locale.ROOT, "%08d", step);
    }
}

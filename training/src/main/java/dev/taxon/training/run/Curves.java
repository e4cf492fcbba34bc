package dev.taxon.training.run;

import java.io.IOException;
import java.nio.file.Path;

/** The curves of runs, for pages of others. */
public final class Curves {
    private Curves() {}

    /** HTML of the charts of the run in a folder; none of a run without a step. */
    public static String panels(Path folder) throws IOException {
        return new CurvePage(new CurveLog(folder.resolve("curve.jsonl")).points()).panels();
    }
}

package dev.taxon.training.adapter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which files of a job's {@code run/} another machine needs to go on with it as if nothing had happened: not those of
 * checkpoints with a later one beside them, nor those of a fold whose rows are scored.
 */
public final class ResumeFiles {
    private static final Pattern CHECKPOINT = Pattern.compile("step-(\\d{8})");
    private static final Pattern FOLD = Pattern.compile("fold-\\d+");
    private static final String NOT_WHOLE = ".";

    private final Path run;

    /** Those of a folder, between two moments at which the job writes into it. */
    public ResumeFiles(Path run) {
        this.run = run;
    }

    /** Whether the file is one of them, by its path within the folder. */
    public boolean needed(Path file) {
        Path within = run;
        for (Path part : file) {
            if (String.valueOf(part).startsWith(NOT_WHOLE) || isScored(part) || isSuperseded(within, part)) {
                return false;
            }
            within = within.resolve(part);
        }
        return true;
    }

    private boolean isScored(Path part) {
        return FOLD.matcher(part.toString()).matches() && Files.exists(run.resolve(part + ".logits"));
    }

    private static boolean isSuperseded(Path folder, Path part) {
        Matcher own = CHECKPOINT.matcher(part.toString());
        return own.matches() && Files.exists(folder) && latest(folder) > Integer.parseInt(own.group(1));
    }

    private static int latest(Path folder) {
        String[] names = folder.toFile().list();
        int latest = 0;
        for (String name : names == null ? new String[0] : names) {
            Matcher step = CHECKPOINT.matcher(name);
            latest = step.matches() ? Math.max(latest, Integer.parseInt(step.group(1))) : latest;
        }
        return latest;
    }
}

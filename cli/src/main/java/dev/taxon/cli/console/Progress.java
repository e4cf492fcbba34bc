package dev.taxon.cli.console;

import java.io.PrintWriter;
import java.util.Locale;

/** How far long work is: a bar that redraws itself on a terminal, now and then a line elsewhere. Not thread-safe. */
public final class Progress {
    /** The system property by which the launcher says that standard error is a terminal. */
    static final String TERMINAL_PROPERTY = "taxon.terminal";

    private static final int WIDTH = 30;
    private static final int LINES = 50;

    private final PrintWriter out;
    private final boolean terminal;
    private long linesShown;
    private boolean open;

    Progress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    public static Progress on(PrintWriter out) {
        return new Progress(out, Boolean.getBoolean(TERMINAL_PROPERTY));
    }

    /**
     * Shows where the work is.
     *
     * @param detail what else there is to say, on the same line
     */
    public void show(long done, long total, String detail) {
        double share = total == 0 ? 1 : (double) done / total;
        if (terminal) {
            int filled = (int) Math.round(share * WIDTH);
            out.printf(
                    Locale.ROOT,
                    "\r[%s%s] %3.0f%%  %s\u001b[K",
                    "#".repeat(filled),
                    ".".repeat(WIDTH - filled),
                    100 * share,
                    detail);
            out.flush();
            open = true;
        } else if (done == total || (long) (share * LINES) > linesShown) {
            linesShown = (long) (share * LINES);
            out.printf(Locale.ROOT, "%3.0f%%  %s%n", 100 * share, detail);
        }
    }

    /** Ends a bar, so that what follows starts on a line of its own. */
    public void end() {
        if (open) {
            out.println();
            open = false;
        }
    }
}

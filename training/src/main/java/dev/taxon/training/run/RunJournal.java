package dev.taxon.training.run;

import dev.taxon.training.DiskFault;
import dev.taxon.training.step.StepResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Keeps the curve of a run, on disk and as a page. Not thread-safe. */
final class RunJournal {
    private static final int STEPS_A_POINT = 10;

    private final CurveLog log;
    private final Path page;
    private final CurveInterval interval = new CurveInterval();

    RunJournal(OutFolder folder) {
        this.log = folder.curve();
        this.page = folder.curvePage();
    }

    /** Takes up the curve after a step, 0 for a new one. */
    void startAfter(int step) {
        try {
            log.cutAfter(step);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    void add(StepResult result, int rows, RunProgress progress, double rate) {
        interval.add(result, rows);
        if (progress.step() % STEPS_A_POINT == 0) {
            writePoint(progress, rate);
        }
    }

    /** Writes the point that is open, so that nothing is lost when the run goes on from here, and the page. */
    void flush(RunProgress progress, double rate) {
        writePoint(progress, rate);
        try {
            String html = new CurvePage(log.points()).html();
            DurableFiles.write(page, html.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void writePoint(RunProgress progress, double rate) {
        if (interval.isEmpty()) {
            return;
        }
        try {
            log.append(interval.close(progress, rate));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private TrainingException failed(IOException e) {
        return new TrainingException(
                "The loss curve beside " + page + " could not be written ("
                        + DiskFault.reason(e)
                        + "); the checkpoints are unharmed. Make room on the disk, then go on with --resume.",
                e);
    }
}

package dev.taxon.cli.train;

import dev.taxon.cli.console.Progress;
import dev.taxon.training.run.TrainingEvent;
import dev.taxon.training.run.TrainingEvent.CheckpointWritten;
import dev.taxon.training.run.TrainingEvent.Finished;
import dev.taxon.training.run.TrainingEvent.Rewarded;
import dev.taxon.training.run.TrainingEvent.Started;
import dev.taxon.training.run.TrainingEvent.Stepped;
import dev.taxon.training.run.TrainingEvent.Stopped;
import dev.taxon.training.run.TrainingEvent.Warned;
import dev.taxon.training.run.TrainingListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** A run's events for people. Used by one thread. */
final class EventView implements TrainingListener {
    private final PrintWriter out;
    private final Progress progress;
    /** What the step that is about to be told of saw, for a run that learns from rewards. */
    private String rewarded = "";

    EventView(PrintWriter out, Progress progress) {
        this.out = out;
        this.progress = progress;
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof Rewarded step) {
            rewarded = String.format(Locale.ROOT, "reward %.3f, divergence %.4f, ", step.reward(), step.divergence());
        } else if (event instanceof Stepped step) {
            progress.show(step.step(), step.steps(), line(step));
        } else if (event instanceof CheckpointWritten) {
            return;
        } else {
            progress.end();
            out.println(sentence(event));
        }
    }

    private String line(Stepped step) {
        return String.format(
                Locale.ROOT,
                "step %d of %d, %sloss %.4f, %.1f examples/s, %.0f tokens/s, %s left",
                step.step(),
                step.steps(),
                rewarded,
                step.loss(),
                step.examplesPerSecond(),
                step.tokensPerSecond(),
                time(step.secondsLeft()));
    }

    private static String sentence(TrainingEvent event) {
        if (event instanceof Started start) {
            return String.format(
                    Locale.ROOT,
                    "%s: %d steps over %d rows of %d sets.",
                    start.fromStep() == 0 ? "Training" : "Going on after step " + start.fromStep(),
                    start.steps(),
                    start.rows(),
                    start.sets());
        }
        if (event instanceof Stopped stop) {
            return stop.howToResume();
        }
        if (event instanceof Warned warned) {
            return "warning: " + warned.message();
        }
        Finished end = (Finished) event;
        return String.format(
                Locale.ROOT,
                "Done: %d steps, %d rows in %s, loss %.4f. The model is in %s.",
                end.steps(),
                end.rowsSeen(),
                time(end.seconds()),
                end.loss(),
                end.model());
    }

    private static String time(double seconds) {
        Duration time = Duration.ofSeconds(Math.round(seconds));
        return String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}

package dev.taxon.training.adapter;

import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.core.adapter.HeadWeights;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointDigest;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.Tickets;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.ExampleMode;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingEvent;
import dev.taxon.training.run.TrainingListener;
import dev.taxon.training.step.AdapterSize;
import dev.taxon.training.step.AdapterTarget;
import dev.taxon.training.supervised.SupervisedDefaults;
import dev.taxon.training.supervised.SupervisedSettings;
import dev.taxon.training.supervised.SupervisedSettings.Schedule;
import dev.taxon.training.supervised.SupervisedTask;
import dev.taxon.training.supervised.Validation;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs on a small real checkpoint. */
public abstract class SupervisedJobs {
    private static Checkpoint checkpoint;

    @TempDir
    protected Path folder;

    @BeforeAll
    static void open() {
        checkpoint = Checkpoints.open(Path.of("../core/src/test/resources/oracle/bert-simple-first"));
    }

    @AfterAll
    static void close() {
        checkpoint.close();
    }

    static String baseDigest() {
        return CheckpointDigest.of(checkpoint);
    }

    protected static SupervisedJob job(List<Example> examples, long seed) {
        Mode mode = ExampleMode.of(examples);
        SupervisedSettings defaults = SupervisedDefaults.of(examples.size(), Tickets.LABELS.size(), mode, seed);
        SupervisedSettings.Rates rates =
                new SupervisedSettings.Rates(5e-3, 5e-3, 0.1, defaults.rates().decay(), 0.01, 1);
        SupervisedSettings settings = new SupervisedSettings(
                new AdapterSize(8, 16, EnumSet.allOf(AdapterTarget.class)),
                rates,
                defaults.loss(),
                new Schedule(4, 8, 2048),
                defaults.candidates(),
                defaults.validation(),
                seed);
        return new SupervisedJob(
                SupervisedTask.of(examples, mode),
                settings,
                null,
                Optional.empty(),
                Map.of("data tickets", "digest of tickets"));
    }

    protected static SupervisedJob manyRows(int each, int epochs) {
        SupervisedJob job = job(Tickets.of(each), 1);
        SupervisedSettings own = job.settings();
        SupervisedSettings settings = new SupervisedSettings(
                own.size(),
                own.rates(),
                own.loss(),
                new Schedule(Math.max(2, epochs), 16, 2048),
                own.candidates(),
                new Validation.HeldOut(0.1, 2000, 2),
                1);
        return new SupervisedJob(job.task(), settings, null, Optional.empty(), Map.of());
    }

    protected static SupervisedSettings withEpochs(SupervisedSettings settings, int epochs) {
        Schedule schedule = settings.schedule();
        return new SupervisedSettings(
                settings.size(),
                settings.rates(),
                settings.loss(),
                new Schedule(epochs, schedule.batchRows(), schedule.batchTokens()),
                settings.candidates(),
                settings.validation(),
                settings.seed());
    }

    protected static Optional<AdapterResult> run(SupervisedJob job, Path out) {
        return run(job, out, false);
    }

    protected static Optional<AdapterResult> run(SupervisedJob job, Path out, boolean resume) {
        return training(job, event -> {}, new StopSignal()).run(out, resume);
    }

    protected static AdapterTraining training(SupervisedJob job, TrainingListener listener, StopSignal stop) {
        return new AdapterTraining(job, checkpoint, Precision.FP32, listener, stop);
    }

    protected static TrainingListener stoppingAfter(int steps, StopSignal stop) {
        int[] left = {steps};
        return event -> {
            if (event instanceof TrainingEvent.Stepped && --left[0] == 0) {
                stop.request();
            }
        };
    }

    protected static TrainingListener dyingAfter(int steps) {
        int[] left = {steps};
        return event -> {
            if (event instanceof TrainingEvent.Stepped && --left[0] == 0) {
                throw new IllegalStateException("killed");
            }
        };
    }

    protected static Adapter read(Path path) {
        return new AdapterFolder(checkpoint.config(), HeadWeights.of(checkpoint), CheckpointDigest.of(checkpoint))
                .read(path);
    }
}

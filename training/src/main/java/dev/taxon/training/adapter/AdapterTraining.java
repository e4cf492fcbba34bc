package dev.taxon.training.adapter;

import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.LowRankUpdate;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.DiskFault;
import dev.taxon.training.learning.LearnedAdapter;
import dev.taxon.training.learning.RowEncoder;
import dev.taxon.training.learning.Session;
import dev.taxon.training.ppo.RewardedLearning;
import dev.taxon.training.report.ScoreSource;
import dev.taxon.training.report.TrainingReport;
import dev.taxon.training.run.DurableFiles;
import dev.taxon.training.run.JobIdentity;
import dev.taxon.training.run.OutFolder;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingEvent;
import dev.taxon.training.run.TrainingException;
import dev.taxon.training.run.TrainingListener;
import dev.taxon.training.step.AdapterShape;
import dev.taxon.training.step.AdapterTrainer;
import dev.taxon.training.supervised.SupervisedLearning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A job from its rows to a calibrated adapter with its report, whatever it learns from.
 *
 * <p>A job that was stopped, killed or failed and goes on ends with the same adapter as one that never was. It writes into
 * its folder: {@code run/} with checkpoints, and at the end {@code adapter/}, {@code report.json} and {@code report.html}.
 * Used by one thread; the checkpoint stays the caller's to close.
 */
public final class AdapterTraining {
    /** The warning that no figure is of rows that the adapter had not learned. */
    public static final String JUDGED_BY_LEARNED_ROWS = "judged_by_learned_rows";

    private static final String RUN = "run";
    private static final String PRECISION = "precision";

    private final AdapterJob job;
    private final Checkpoint checkpoint;
    private final Precision precision;
    private final TrainingListener listener;
    private final StopSignal stop;

    /**
     * A job.
     *
     * @param checkpoint the base, open as long as the job runs
     * @param precision what the encoder's products run in while it learns
     */
    public AdapterTraining(
            AdapterJob job, Checkpoint checkpoint, Precision precision, TrainingListener listener, StopSignal stop) {
        this.job = job;
        this.checkpoint = checkpoint;
        this.precision = precision;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Runs to the end or until asked to stop.
     *
     * @param out the job's folder; made when there is none, held by one job at a time
     * @param resume go on with what is in {@code out}; without it there must be nothing
     * @return what came of it; empty when it was stopped
     * @throws TrainingException when settings or data differ from those of the job that goes on, a loss or score is not
     *     finite, or the disk fails; what was written stays usable, and a new job that fails before its first step
     *     leaves the folder free
     * @throws dev.taxon.training.policy.RewardException when an answer cannot be rewarded
     */
    public Optional<AdapterResult> run(Path out, boolean resume) {
        MemoryNeed.of(checkpoint.config(), job.size(), job.batchTokens(), precision)
                .requireFits();
        try (OutFolder folder = OutFolder.open(out)) {
            Path run = folder.path().resolve(RUN);
            requireNew(out, run, resume);
            boolean isNew = !Files.exists(run);
            JobProgress progress = new JobProgress(listener);
            try {
                JobIdentity.require(run, identity());
                return run(out, run, progress);
            } catch (RuntimeException failure) {
                // Whatever disks refuse to take goes on from what is there once they take it.
                if (isNew && !progress.begun() && !DiskFault.isCauseOf(failure)) {
                    free(run, failure);
                }
                throw failure;
            }
        }
    }

    private Optional<AdapterResult> run(Path out, Path run, JobProgress progress) {
        Optional<AdapterResult> result = learn(run, progress).map(learned -> published(learned, progress, out));
        if (result.isEmpty()) {
            progress.stopped(run);
        }
        return result;
    }

    /** So that the same folder takes the job again once its data or settings are corrected. */
    private static void free(Path run, RuntimeException failure) {
        try {
            DurableFiles.deleteTree(run);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private AdapterResult published(LearnedAdapter learned, TrainingListener told, Path out) {
        AdapterResult result = publisher().publish(learned, out);
        result.report()
                .map(TrainingReport::source)
                .filter(ScoreSource.Learned.class::isInstance)
                .ifPresent(source -> told.on(new TrainingEvent.Warned(
                        JUDGED_BY_LEARNED_ROWS,
                        "The rows that judge the adapter were learned from, now or before: evaluate it on others.")));
        return result;
    }

    /** What the job in a folder learns in, which it has to go on in; empty where none has begun. */
    public static Optional<Precision> begunIn(Path out) {
        return JobIdentity.begunWith(out.resolve(RUN), PRECISION).map(Precision::valueOf);
    }

    private Map<String, String> identity() {
        Map<String, String> identity = new LinkedHashMap<>(job.identity());
        identity.put(PRECISION, precision.name());
        return identity;
    }

    private static void requireNew(Path out, Path run, boolean resume) {
        if (!resume && (JobIdentity.isIn(run) || Files.exists(out.resolve(AdapterPublisher.ADAPTER)))) {
            throw new TrainingException(out + " already holds a run; go on with --resume or choose another folder.");
        }
    }

    private Optional<LearnedAdapter> learn(Path run, TrainingListener told) {
        try (Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get());
                AdapterTrainer trainer = AdapterTrainer.load(checkpoint, shape(), precision)) {
            PromptEncoder prompts = PromptEncoder.of(checkpoint.config(), tokenizer);
            RowEncoder encoder = new RowEncoder(prompts, job.mode(), job.maxLength());
            return learn(new Session(trainer, encoder, job.start(), job.identity(), run, told, stop));
        }
    }

    private Optional<LearnedAdapter> learn(Session session) {
        if (job instanceof SupervisedJob supervised) {
            return new SupervisedLearning(supervised.task(), supervised.settings(), session).run();
        }
        RewardedJob rewarded = (RewardedJob) job;
        int features = checkpoint.config().encoder().wordSize();
        return new RewardedLearning(rewarded.task(), rewarded.settings(), session, features).run();
    }

    private AdapterPublisher publisher() {
        return AdapterPublisher.of(job, checkpoint, precision, identity());
    }

    /** That of the adapter to go on from, or else what the settings say. */
    private AdapterShape shape() {
        return job.start()
                .map(Adapter::updates)
                .map(AdapterTraining::shapeOf)
                .orElseGet(() -> job.size().shape(checkpoint.config()));
    }

    private static AdapterShape shapeOf(Map<String, LowRankUpdate> updates) {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        updates.forEach((layer, update) -> {
            if (update.shift() != null) {
                throw new TrainingException("The adapter to go on from shifts layer " + layer
                        + " (lora_bias or modules_to_save), which training does not; start without it.");
            }
            ranks.put(layer, update.rank());
        });
        return new AdapterShape(ranks, 1);
    }
}

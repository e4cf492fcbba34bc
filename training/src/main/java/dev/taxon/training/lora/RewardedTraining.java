package dev.taxon.training.lora;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.report.ReportPage;
import dev.taxon.training.report.ScoreSource;
import dev.taxon.training.report.TrainingReport;
import dev.taxon.training.run.JobIdentity;
import dev.taxon.training.run.OutFolder;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingException;
import dev.taxon.training.run.TrainingListener;
import dev.taxon.training.step.AdapterTrainer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * PPO from rewards to a calibrated adapter with its report, in which the rows are judged before and after.
 *
 * <p>A job that was stopped, killed or failed and goes on ends with the same adapter as one that never was. It writes into
 * its folder: {@code run/} with checkpoints and {@code steps.jsonl}, and at the end {@code adapter/}, {@code report.json}
 * and {@code report.html}. Used by one thread; the checkpoint stays the caller's to close.
 */
public final class RewardedTraining {
    private final RewardedJob job;
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
    public RewardedTraining(
            RewardedJob job, Checkpoint checkpoint, Precision precision, TrainingListener listener, StopSignal stop) {
        this.job = job;
        this.checkpoint = checkpoint;
        this.precision = precision;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Runs to the end or until asked to stop. A policy that runs away from its reference ends the run with a warning; the
     * adapter is then that of the last healthy checkpoint.
     *
     * @param out the job's folder; made when there is none, held by one job at a time
     * @param resume go on with what is in {@code out}; without it there must be nothing
     * @return what came of it; empty when it was stopped
     * @throws TrainingException when settings or data differ from those of the job that goes on, a loss or score is not
     *     finite, or the disk fails; what was written stays usable
     * @throws dev.taxon.training.policy.RewardException when an answer cannot be rewarded
     */
    public Optional<LoraResult> run(Path out, boolean resume) {
        MemoryNeed.of(checkpoint.config(), job.size(), job.batchTokens(), precision)
                .requireFits();
        try (OutFolder folder = OutFolder.open(out)) {
            Path run = folder.path().resolve("run");
            LoraTraining.requireNew(out, run, resume);
            Map<String, String> identity = new LinkedHashMap<>(job.identity());
            identity.put("precision", precision.toString());
            JobIdentity.require(run, identity);
            JobProgress progress = new JobProgress(listener);
            Optional<LoraResult> result = learn(run, progress).map(learned -> publish(learned, out));
            if (result.isEmpty()) {
                progress.stopped(run);
            }
            return result;
        }
    }

    private Optional<LoraPhases.Learned> learn(Path run, TrainingListener told) {
        try (Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get());
                AdapterTrainer trainer = AdapterTrainer.load(
                        checkpoint, LoraTraining.shape(checkpoint, job.size(), job.start()), precision)) {
            PromptEncoder prompts = PromptEncoder.of(checkpoint.config(), tokenizer);
            RowEncoder encoder = new RowEncoder(prompts, job.task().mode(), job.maxLength());
            int features = checkpoint.config().encoder().wordSize();
            return new RewardedPhases(job, trainer, encoder, features, run, told, stop).run();
        }
    }

    private LoraResult publish(LoraPhases.Learned learned, Path out) {
        RewardedTask task = job.task();
        AdapterPublisher publisher = AdapterPublisher.of(
                        task.labels(), task.mode(), checkpoint, precision, job.identity())
                .in(ReportPage.Wording.ofRewards());
        Optional<TrainingReport> report = learned.judged().map(publisher::report);
        if (!task.apart()) {
            report = report.map(flattering -> flattering.withSource(new ScoreSource.Learned(task.judged().length)));
        }
        return publisher.publish(learned, report, out);
    }
}

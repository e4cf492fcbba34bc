package dev.taxon.training.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.Mode;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.data.Example;
import dev.taxon.training.policy.Agreement;
import dev.taxon.training.policy.FeedbackRow;
import dev.taxon.training.policy.HumanFeedback;
import dev.taxon.training.policy.PolicySettings;
import dev.taxon.training.policy.PolicySettings.Baseline;
import dev.taxon.training.policy.PolicySettings.Limit;
import dev.taxon.training.policy.PolicySettings.Rates;
import dev.taxon.training.policy.PolicySettings.Terms;
import dev.taxon.training.policy.Reward;
import dev.taxon.training.policy.RewardException;
import dev.taxon.training.policy.Rewards;
import dev.taxon.training.run.Extent;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingEvent;
import dev.taxon.training.run.TrainingEvent.Rewarded;
import dev.taxon.training.run.TrainingEvent.Warned;
import dev.taxon.training.run.TrainingException;
import dev.taxon.training.run.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs on a small real checkpoint. */
class RewardedTrainingTest {
    private static final Path SMALL = Path.of("../core/src/test/resources/oracle/bert-simple-first");
    private static final List<String> LABELS = List.of("sports", "politics", "cooking");
    private static final List<String> SENTENCES =
            List.of("The striker scored twice", "Parliament passed the bill", "Simmer the sauce for an hour");
    private static final PolicySettings QUICK = settings(1e-3, new Terms(0.01, 0.02), new Limit(5, 5));

    private final List<TrainingEvent> events = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void learnsWhichLabelPaysThoughItSeesAScalarAlone() {
        List<Example> examples = examples(60).stream()
                .map(example -> new Example(example.text(), LABELS, List.of("politics")))
                .toList();
        RewardedTask task = RewardedTask.ofLabelled(examples, Mode.SINGLE_LABEL, 0.2, 1);
        LoraResult result = learned(job(task, QUICK, Agreement.F1, 30, 1), folder);
        assertThat(rewards(0, 3)).isLessThan(0.7);
        assertThat(rewards(27, 30)).isGreaterThan(0.9);
        assertThat(result.report()).hasValueSatisfying(report -> {
            assertThat(report.source().kind()).isEqualTo("held_out");
            assertThat(report.withoutAdapter()).isPresent();
        });
        assertThat(folder.resolve("report.html")).content().contains("Before learning from rewards");
    }

    private double rewards(int from, int to) {
        return rewarded().subList(from, to).stream()
                .mapToDouble(Rewarded::reward)
                .average()
                .orElseThrow();
    }

    private List<Rewarded> rewarded() {
        return events.stream()
                .filter(Rewarded.class::isInstance)
                .map(Rewarded.class::cast)
                .toList();
    }

    @Test
    void goesOnAfterAStopAndACrashToTheDigestOfAnUndisturbedRun() throws IOException {
        RewardedJob job = job(QUICK, Agreement.F1, 24, 3);
        Path undisturbed = folder.resolve("undisturbed");
        String digest = learned(job, undisturbed).digest();
        Path disturbed = folder.resolve("disturbed");
        StopSignal stop = new StopSignal();
        assertThat(run(job, disturbed, false, stopAfter(2, stop), stop)).isEmpty();
        assertThatThrownBy(() -> run(job, disturbed, true, crashAfter(22), new StopSignal()))
                .isInstanceOf(CancellationException.class);
        assertThat(steps(disturbed))
                .content()
                .satisfies(lines -> assertThat(lines.lines()).hasSize(22));
        assertThat(run(job, disturbed, true, event -> {}, new StopSignal()))
                .hasValueSatisfying(result -> assertThat(result.digest()).isEqualTo(digest));
        assertThat(Files.readString(steps(disturbed))).isEqualTo(Files.readString(steps(undisturbed)));
    }

    private static Path steps(Path out) {
        return out.resolve("run/policy/steps.jsonl");
    }

    @Test
    void anotherSeedAnotherAdapter() {
        String one =
                learned(job(QUICK, Agreement.F1, 3, 1), folder.resolve("one")).digest();
        assertThat(learned(job(QUICK, Agreement.F1, 3, 1), folder.resolve("same"))
                        .digest())
                .isEqualTo(one);
        assertThat(learned(job(QUICK, Agreement.F1, 3, 2), folder.resolve("other"))
                        .digest())
                .isNotEqualTo(one);
    }

    @Test
    void aPolicyThatRunsAwayEndsWithTheAdapterOfTheLastHealthyCheckpoint() {
        PolicySettings wild = settings(5e-2, new Terms(0, 0), new Limit(1e-3, 2));
        LoraResult result = learned(job(wild, Agreement.F1, 60, 1), folder.resolve("wild"));
        assertThat(rewarded()).hasSizeLessThan(60);
        assertThat(events).anySatisfy(event -> {
            assertThat(event).isInstanceOf(Warned.class);
            assertThat(((Warned) event).message()).contains("run away", "that of step 0");
        });
        PolicySettings still = settings(0, new Terms(0, 0), Limit.defaults());
        assertThat(learned(job(still, Agreement.F1, 1, 1), folder.resolve("still"))
                        .digest())
                .isEqualTo(result.digest());
    }

    @Test
    void aRewardThatIsNotANumberIsRefusedWithStepAndRow() {
        Reward none = answer -> Double.NaN;
        assertThatThrownBy(() -> learned(job(QUICK, none, 2, 1), folder))
                .isInstanceOf(RewardException.class)
                .hasMessageContaining("Step 1")
                .hasMessageContaining("row ")
                .hasMessageContaining("NaN")
                .hasMessageNotContaining("striker");
    }

    @Test
    void aConstantRewardIsWarnedOf() {
        learned(job(QUICK, answer -> 0.5, 20, 1), folder);
        assertThat(events)
                .filteredOn(Warned.class::isInstance)
                .first()
                .extracting(event -> ((Warned) event).name())
                .isEqualTo("constant_rewards");
    }

    @Test
    void learnsFromFeedbackAndIsJudgedByTheLabelledRows() {
        List<RewardedRow> feedback = new ArrayList<>();
        for (int row = 0; row < 48; row++) {
            FeedbackRow.Verdict verdict = row % 3 == 0 ? FeedbackRow.Verdict.ACCEPTED : FeedbackRow.Verdict.REJECTED;
            FeedbackRow judged = new FeedbackRow(
                    SENTENCES.get(row % 3) + " " + row, LABELS, List.of("sports"), verdict, Optional.empty());
            feedback.add(new RewardedRow(judged.text(), judged.policyRow("line " + row, true)));
        }
        RewardedTask task = RewardedTask.ofFeedback(feedback, examples(30), Mode.SINGLE_LABEL);
        LoraResult result = learned(job(task, QUICK, new HumanFeedback(), 20, 1), folder);
        assertThat(rewarded()).allSatisfy(step -> assertThat(step.reward()).isBetween(-1.0, 1.0));
        assertThat(result.report()).hasValueSatisfying(report -> {
            assertThat(report.source().rows()).isEqualTo(30);
            // What was rejected beside two of three sentences is answered less often there.
            assertThat(report.metrics().accuracy())
                    .isGreaterThanOrEqualTo(
                            report.withoutAdapter().orElseThrow().first().accuracy());
        });
    }

    @Test
    void fewRowsAreAllLearnedFromWhichTheReportSays() {
        RewardedTask task = RewardedTask.ofLabelled(examples(12), Mode.SINGLE_LABEL, 0.1, 1);
        LoraResult result = learned(job(task, QUICK, Agreement.ACCURACY, 2, 1), folder);
        assertThat(result.report())
                .hasValueSatisfying(
                        report -> assertThat(report.source().sentence()).contains("learned from"));
    }

    @Test
    void rowsOfOneTextAreLearnedFromAndJudged() {
        List<Example> same = Collections.nCopies(45, examples(1).get(0));
        RewardedTask task = RewardedTask.ofLabelled(same, Mode.SINGLE_LABEL, 0.2, 1);
        assertThat(task.apart()).isFalse();
        assertThat(task.judged()).hasSize(45);
    }

    @Test
    void aRunThatGoesOnMustHaveTheSameSettings() {
        StopSignal stop = new StopSignal();
        run(job(QUICK, Agreement.F1, 9, 1), folder, false, stopAfter(2, stop), stop);
        assertThatThrownBy(() -> run(job(QUICK, Agreement.F1, 9, 2), folder, true, event -> {}, new StopSignal()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("seed");
        assertThatThrownBy(() -> run(job(QUICK, Agreement.F1, 9, 1), folder, false, event -> {}, new StopSignal()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("--resume");
    }

    @Test
    void aRunThatIsStoppedWhileRowsAreScoredTellsSo() {
        StopSignal stop = new StopSignal();
        stop.request();
        assertThat(run(job(QUICK, Agreement.F1, 9, 1), folder, false, events::add, stop))
                .isEmpty();
        assertThat(events).singleElement().isInstanceOf(TrainingEvent.Stopped.class);
    }

    @Test
    void aRowThatCannotBeReadIsNamedWhereItStands() {
        List<Example> examples = new ArrayList<>(examples(60));
        examples.set(30, new Example("Parliament passed the bill", List.of("sports", " "), List.of("sports")));
        RewardedTask task = RewardedTask.ofLabelled(examples, Mode.SINGLE_LABEL, 0.2, 1);
        assertThatThrownBy(() -> learned(job(task, QUICK, Agreement.F1, 9, 1), folder))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("Cannot read row 31:");
    }

    @Test
    void aRunThatGoesOnMustHaveTheSameRows() {
        StopSignal stop = new StopSignal();
        run(job(QUICK, Agreement.F1, 9, 1), folder, false, stopAfter(2, stop), stop);
        List<Example> others = examples(60).stream()
                .map(example -> new Example(example.text() + "!", LABELS, example.trueLabels()))
                .toList();
        RewardedTask task = RewardedTask.ofLabelled(others, Mode.SINGLE_LABEL, 0.2, 1);
        assertThatThrownBy(() -> run(job(task, QUICK, Agreement.F1, 9, 1), folder, true, event -> {}, new StopSignal()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("rows was");
    }

    @Test
    void rowsAreKnownByTheWordOnThemAndTheAnswerGivenToo() {
        List<String> digests = Stream.of(
                        feedback(FeedbackRow.Verdict.ACCEPTED, "sports"),
                        feedback(FeedbackRow.Verdict.REJECTED, "sports"),
                        feedback(FeedbackRow.Verdict.ACCEPTED, "cooking"))
                .map(row -> RewardedTask.ofFeedback(List.of(row), examples(2), Mode.SINGLE_LABEL)
                        .digest())
                .toList();
        assertThat(digests).doesNotHaveDuplicates();
        assertThat(RewardedTask.ofFeedback(
                                List.of(feedback(FeedbackRow.Verdict.ACCEPTED, "sports")),
                                examples(3),
                                Mode.SINGLE_LABEL)
                        .digest())
                .isNotIn(digests);
    }

    private static RewardedRow feedback(FeedbackRow.Verdict verdict, String answer) {
        FeedbackRow judged = new FeedbackRow(SENTENCES.get(0), LABELS, List.of(answer), verdict, Optional.empty());
        return new RewardedRow(judged.text(), judged.policyRow("line 1", true));
    }

    private static TrainingListener stopAfter(int steps, StopSignal stop) {
        return event -> {
            if (event instanceof Rewarded step && step.step() == steps) {
                stop.request();
            }
        };
    }

    /** A step that is learned and noted, and no checkpoint of it. */
    private static TrainingListener crashAfter(int steps) {
        return event -> {
            if (event instanceof Rewarded step && step.step() == steps) {
                throw new CancellationException("crash");
            }
        };
    }

    private LoraResult learned(RewardedJob job, Path out) {
        return run(job, out, false, events::add, new StopSignal()).orElseThrow();
    }

    private static Optional<LoraResult> run(
            RewardedJob job, Path out, boolean resume, TrainingListener listener, StopSignal stop) {
        try (Checkpoint checkpoint = Checkpoints.open(SMALL)) {
            return new RewardedTraining(job, checkpoint, Precision.FP32, listener, stop).run(out, resume);
        }
    }

    private static RewardedJob job(PolicySettings settings, Reward reward, int steps, long seed) {
        RewardedTask task = RewardedTask.ofLabelled(examples(60), Mode.SINGLE_LABEL, 0.2, seed);
        return job(task, settings, reward, steps, seed);
    }

    private static RewardedJob job(RewardedTask task, PolicySettings settings, Reward reward, int steps, long seed) {
        return new RewardedJob(
                task,
                settings,
                new Rewards(List.of(new Rewards.Component("own", 1, reward))),
                new Extent.Steps(steps),
                new LoraSettings.Size(4, 8, EnumSet.allOf(AdapterTarget.class)),
                2048,
                null,
                Optional.empty(),
                seed,
                Map.of());
    }

    private static PolicySettings settings(double rate, Terms terms, Limit limit) {
        return new PolicySettings(16, 2, 0.2, terms, new Rates(rate, rate, 1e-2), Baseline.defaults(), limit);
    }

    private static List<Example> examples(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(row -> new Example(SENTENCES.get(row % 3) + " " + row, LABELS, List.of(LABELS.get(row % 3))))
                .toList();
    }
}

package dev.taxon.training.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.core.adapter.HeadWeights;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointDigest;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.IllegalSetting;
import dev.taxon.training.data.Example;
import dev.taxon.training.lora.LoraSettings.Schedule;
import dev.taxon.training.report.ScoreSource;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingEvent;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs on a small real checkpoint. */
class LoraTrainingTest {
    private static Checkpoint checkpoint;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        checkpoint = Checkpoints.open(Path.of("../core/src/test/resources/oracle/bert-simple-first"));
    }

    @AfterAll
    static void close() {
        checkpoint.close();
    }

    @Test
    void aHandfulOfExamplesBecomesACalibratedAdapterWithItsReport() throws IOException {
        LoraResult result = run(job(Tickets.of(8), 1), folder).orElseThrow();
        assertThat(result.report()).hasValueSatisfying(report -> {
            assertThat(report.source()).isEqualTo(new ScoreSource.CrossFitted(24, 2));
            assertThat(report.metrics().rows()).isEqualTo(24);
            assertThat(report.withoutAdapter()).isPresent();
        });
        Adapter adapter = read(result.adapter());
        assertThat(adapter.digest()).isEqualTo(result.digest());
        assertThat(adapter.settings().mode()).contains(Mode.SINGLE_LABEL);
        assertThat(adapter.settings().labels())
                .extracting(label -> label.name())
                .isEqualTo(Tickets.LABELS);
        assertThat(adapter.base()).contains(CheckpointDigest.of(checkpoint));
        JsonNode own =
                new ObjectMapper().readTree(Files.readString(result.adapter().resolve(AdapterFolder.SETTINGS)));
        assertThat(own.path("lineage").path("seed").asText()).isEqualTo("1");
        assertThat(own.path("lineage").path("data tickets").asText()).isEqualTo("digest of tickets");
        // The report quotes texts, the adapter's own file never does.
        assertThat(Files.readString(folder.resolve("report.json"))).contains("number");
        assertThat(own.path("metrics").toString()).contains("accuracy").doesNotContain(" number ");
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("<svg")
                .doesNotContain("src=")
                .doesNotContain("href=\"http");
        assertThat(new ObjectMapper()
                        .readTree(Files.readString(folder.resolve("report.json")))
                        .isObject())
                .isTrue();
    }

    /** On the default model, which knows what the words mean. */
    @Test
    void whatIsLearnedHoldsForRowsThatWereNotSeen() {
        List<Example> turned =
                Tickets.of(8).stream().map(LoraTrainingTest::turned).toList();
        try (Checkpoint model = Checkpoints.open(Path.of("../models/taxon-small"))) {
            LoraSettings settings = withEpochs(LoraDefaults.of(24, 3, Mode.SINGLE_LABEL, 1), 6);
            LoraJob job =
                    new LoraJob(LearningTask.of(turned, Mode.SINGLE_LABEL), settings, null, Optional.empty(), Map.of());
            LoraResult result = new LoraTraining(job, model, Precision.FP32, event -> {}, new StopSignal())
                    .run(folder, false)
                    .orElseThrow();
            assertThat(result.report()).hasValueSatisfying(report -> {
                double without = report.withoutAdapter().orElseThrow().first().accuracy();
                assertThat(report.metrics().accuracy()).isGreaterThan(without + 0.5);
            });
        }
    }

    /** Labels that say something else than they mean, so that nothing is known beforehand. */
    private static Example turned(Example example) {
        int label = Tickets.LABELS.indexOf(example.trueLabels().get(0));
        return new Example(
                example.text(), Tickets.LABELS, List.of(Tickets.LABELS.get((label + 1) % Tickets.LABELS.size())));
    }

    @Test
    void theFolderOfTheJobStandsForTheAdapterInIt() {
        LoraResult result = run(job(Tickets.of(4), 1), folder).orElseThrow();
        assertThat(read(folder).digest()).isEqualTo(result.digest());
    }

    @Test
    void theSameSeedGivesTheSameDigestAndAnotherAnother() {
        String first =
                run(job(Tickets.of(4), 1), folder.resolve("a")).orElseThrow().digest();
        assertThat(run(job(Tickets.of(4), 1), folder.resolve("b")).orElseThrow().digest())
                .isEqualTo(first);
        assertThat(run(job(Tickets.of(4), 2), folder.resolve("c")).orElseThrow().digest())
                .isNotEqualTo(first);
    }

    @Test
    void aJobThatIsStoppedAgainAndAgainEndsWithTheSameAdapter() {
        String undisturbed = run(job(Tickets.of(4), 1), folder.resolve("whole"))
                .orElseThrow()
                .digest();
        Path out = folder.resolve("broken");
        Optional<LoraResult> result = Optional.empty();
        int stops = 0;
        while (result.isEmpty()) {
            StopSignal stop = new StopSignal();
            result = training(job(Tickets.of(4), 1), stoppingAfter(3, stop), stop)
                    .run(out, stops > 0);
            stops += result.isEmpty() ? 1 : 0;
        }
        assertThat(stops).isGreaterThan(3);
        assertThat(result.get().digest()).isEqualTo(undisturbed);
    }

    @Test
    void aJobThatDiesGoesOnFromItsLastCheckpoint() {
        LoraJob job = manyRows(40, 3);
        String undisturbed = run(job, folder.resolve("whole")).orElseThrow().digest();
        Path out = folder.resolve("killed");
        assertThatThrownBy(() -> training(job, dyingAfter(10), new StopSignal()).run(out, false))
                .hasMessage("killed");
        assertThat(training(job, event -> {}, new StopSignal())
                        .run(out, true)
                        .orElseThrow()
                        .digest())
                .isEqualTo(undisturbed);
    }

    @Test
    void aDamagedStateIsPassedOverForTheOneBeforeItAndTheOnlyOneIsNamed() throws IOException {
        LoraJob job = manyRows(40, 3);
        String undisturbed = run(job, folder.resolve("whole")).orElseThrow().digest();
        Path out = folder.resolve("damaged");
        StopSignal stop = new StopSignal();
        training(job, stoppingAfter(10, stop), stop).run(out, false);
        Path checkpoints = out.resolve("run/held-out/checkpoints");
        Files.writeString(checkpoints.resolve("step-00000010/state.safetensors"), "cut sho");
        assertThat(run(job, out, true).orElseThrow().digest()).isEqualTo(undisturbed);

        Path single = folder.resolve("single");
        StopSignal early = new StopSignal();
        training(job, stoppingAfter(3, early), early).run(single, false);
        Path only = single.resolve("run/held-out/checkpoints/step-00000003");
        Files.writeString(only.resolve("state.safetensors"), "cut sho");
        assertThatThrownBy(() -> run(job, single, true))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining(only + " is damaged")
                .hasMessageContaining("remove that folder");
    }

    @Test
    void manyRowsAreHeldOutInPartAndLearningStopsWhenTheseNoLongerGain() {
        LoraResult result = run(manyRows(60, 40), folder).orElseThrow();
        assertThat(result.report())
                .hasValueSatisfying(report -> assertThat(report.source()).isEqualTo(new ScoreSource.HeldOut(18)));
        BestAdapter best = BestAdapter.after(Integer.MAX_VALUE, folder.resolve("run/held-out"));
        assertThat(best.looksSince()).isGreaterThanOrEqualTo(2);
        assertThat(best.step().orElseThrow()).isLessThan(40 * 162 / 16);
    }

    @Test
    void severalLabelsARowAreLearnedWithThresholds() {
        LoraResult result = run(job(Tickets.withTwoLabels(8), 1), folder).orElseThrow();
        Adapter adapter = read(result.adapter());
        assertThat(adapter.settings().mode()).contains(Mode.MULTI_LABEL);
        assertThat(adapter.settings().threshold()).isPresent();
        assertThat(result.report()).isPresent();
    }

    @Test
    void goesOnFromAnAdapter() {
        Adapter first = read(run(job(Tickets.of(4), 1), folder.resolve("first"))
                .orElseThrow()
                .adapter());
        // Another seed would begin with other downs, and a new adapter with ups of zero.
        LoraJob next = job(Tickets.of(4), 99);
        LoraJob from = new LoraJob(next.task(), withEpochs(next.settings(), 1), null, Optional.of(first), Map.of());
        Adapter second = read(run(from, folder.resolve("second")).orElseThrow().adapter());
        assertThat(second.digest()).isNotEqualTo(first.digest());
        first.updates()
                .forEach((layer, before) -> assertThat(second.updates())
                        .hasEntrySatisfying(
                                layer,
                                after -> assertThat(after.down().get(0))
                                        .isCloseTo(before.down().get(0), within(0.05f))));
    }

    @Test
    void refusesToGoOnWithOtherSettingsWhereOnlyTheLastPhaseIsLeft() {
        StopSignal stop = new StopSignal();
        int steps = 2 * 4 * 2 + 3;
        training(job(Tickets.of(8), 1), stoppingAfter(steps, stop), stop).run(folder, false);
        assertThatThrownBy(() -> training(job(Tickets.of(8), 2), event -> {}, new StopSignal())
                        .run(folder, true))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("seed was 1 and is now 2");
    }

    @Test
    void refusesToGoOnWithRowsInAnotherOrder() {
        StopSignal stop = new StopSignal();
        training(job(Tickets.of(4), 1), stoppingAfter(3, stop), stop).run(folder, false);
        List<Example> turned = new ArrayList<>(Tickets.of(4));
        Collections.reverse(turned);
        assertThatThrownBy(() ->
                        training(job(turned, 1), event -> {}, new StopSignal()).run(folder, true))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("rows was");
    }

    @Test
    void aRowWithoutRoomIsRefusedBeforeThereIsAFolder() {
        LoraJob job = job(Tickets.of(4), 1);
        assertThatThrownBy(() -> new LoraJob(job.task(), job.settings(), 0, Optional.empty(), Map.of()))
                .isInstanceOf(IllegalSetting.class)
                .hasMessageContaining("max_length");
    }

    @Test
    void refusesAFolderThatHoldsARunUnlessToldToGoOn() {
        run(job(Tickets.of(4), 1), folder);
        assertThatThrownBy(() -> run(job(Tickets.of(4), 1), folder))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("already holds a run")
                .hasMessageContaining("--resume");
    }

    @Test
    void refusesToGoOnWithAnotherSeedAndNamesIt() {
        StopSignal stop = new StopSignal();
        training(job(Tickets.of(4), 1), stoppingAfter(3, stop), stop).run(folder, false);
        assertThatThrownBy(() -> training(job(Tickets.of(4), 2), event -> {}, new StopSignal())
                        .run(folder, true))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("seed was 1 and is now 2");
    }

    @Test
    void aLossThatIsNotFiniteNamesTheStepAndItsRows() {
        LoraJob job = job(Tickets.of(4), 1);
        LoraSettings wild = LoraDefaults.of(12, 3, Mode.SINGLE_LABEL, 1);
        LoraSettings.Rates rates =
                new LoraSettings.Rates(1e30, 1e30, 0, wild.rates().decay(), 0, 1);
        LoraSettings settings = new LoraSettings(
                wild.size(), rates, wild.loss(), wild.schedule(), wild.candidates(), wild.validation(), 1);
        LoraJob doomed = new LoraJob(job.task(), settings, null, Optional.empty(), Map.of());
        assertThatThrownBy(() -> run(doomed, folder))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("Step 2")
                .hasMessageContaining("row ")
                .hasMessageContaining("lower learning rates");
    }

    @Test
    void aSingleRowGivesAnAdapterThatIsNotCalibrated() {
        LoraResult result = run(job(Tickets.of(1).subList(0, 1), 1), folder).orElseThrow();
        assertThat(result.report()).isEmpty();
        assertThat(read(result.adapter()).settings().temperature()).isEqualTo(1);
    }

    @Test
    void rowsOfOneTextAreAllLearnedAndNotCrossFitted() {
        Example row = Tickets.of(1).get(0);
        LoraResult result = run(job(Collections.nCopies(3, row), 1), folder).orElseThrow();
        assertThat(result.report()).isEmpty();
    }

    @Test
    void rowsOfOneTextAreAllLearnedAndNoneHeldOut() {
        LoraJob many = manyRows(1, 2);
        LearningTask task =
                LearningTask.of(Collections.nCopies(12, many.task().examples().get(0)), Mode.SINGLE_LABEL);
        LoraJob same = new LoraJob(task, many.settings(), null, Optional.empty(), Map.of());
        assertThat(run(same, folder).orElseThrow().report()).isEmpty();
    }

    @Test
    void noMoreFoldsAreCrossFittedThanThereAreTexts() {
        LoraJob job = job(Tickets.of(1), 1);
        List<Example> twice = Stream.concat(
                        job.task().examples().stream().limit(2),
                        job.task().examples().stream().limit(2))
                .toList();
        LoraSettings own = job.settings();
        LoraSettings settings = new LoraSettings(
                own.size(),
                own.rates(),
                own.loss(),
                own.schedule(),
                own.candidates(),
                new Validation.CrossFitted(4),
                1);
        LoraJob folded =
                new LoraJob(LearningTask.of(twice, Mode.SINGLE_LABEL), settings, null, Optional.empty(), Map.of());
        assertThat(run(folded, folder).orElseThrow().report())
                .hasValueSatisfying(report -> assertThat(report.source()).isEqualTo(new ScoreSource.CrossFitted(4, 2)));
    }

    private static LoraJob job(List<Example> examples, long seed) {
        Mode mode = LearningTask.modeOf(examples);
        LoraSettings defaults = LoraDefaults.of(examples.size(), Tickets.LABELS.size(), mode, seed);
        LoraSettings.Rates rates =
                new LoraSettings.Rates(5e-3, 5e-3, 0.1, defaults.rates().decay(), 0.01, 1);
        LoraSettings settings = new LoraSettings(
                new LoraSettings.Size(8, 16, EnumSet.allOf(AdapterTarget.class)),
                rates,
                defaults.loss(),
                new Schedule(4, 8, 2048),
                defaults.candidates(),
                defaults.validation(),
                seed);
        return new LoraJob(
                LearningTask.of(examples, mode),
                settings,
                null,
                Optional.empty(),
                Map.of("data tickets", "digest of tickets"));
    }

    private static LoraJob manyRows(int each, int epochs) {
        LoraJob job = job(Tickets.of(each), 1);
        LoraSettings own = job.settings();
        LoraSettings settings = new LoraSettings(
                own.size(),
                own.rates(),
                own.loss(),
                new Schedule(Math.max(2, epochs), 16, 2048),
                own.candidates(),
                new Validation.HeldOut(0.1, 2000, 2),
                1);
        return new LoraJob(job.task(), settings, null, Optional.empty(), Map.of());
    }

    private static LoraSettings withEpochs(LoraSettings settings, int epochs) {
        Schedule schedule = settings.schedule();
        return new LoraSettings(
                settings.size(),
                settings.rates(),
                settings.loss(),
                new Schedule(epochs, schedule.batchRows(), schedule.batchTokens()),
                settings.candidates(),
                settings.validation(),
                settings.seed());
    }

    private static Optional<LoraResult> run(LoraJob job, Path out) {
        return run(job, out, false);
    }

    private static Optional<LoraResult> run(LoraJob job, Path out, boolean resume) {
        return training(job, event -> {}, new StopSignal()).run(out, resume);
    }

    private static LoraTraining training(LoraJob job, TrainingListener listener, StopSignal stop) {
        return new LoraTraining(job, checkpoint, Precision.FP32, listener, stop);
    }

    private static TrainingListener stoppingAfter(int steps, StopSignal stop) {
        int[] left = {steps};
        return event -> {
            if (event instanceof TrainingEvent.Stepped && --left[0] == 0) {
                stop.request();
            }
        };
    }

    private static TrainingListener dyingAfter(int steps) {
        int[] left = {steps};
        return event -> {
            if (event instanceof TrainingEvent.Stepped && --left[0] == 0) {
                throw new IllegalStateException("killed");
            }
        };
    }

    private static Adapter read(Path path) {
        return new AdapterFolder(checkpoint.config(), HeadWeights.of(checkpoint), CheckpointDigest.of(checkpoint))
                .read(path);
    }
}

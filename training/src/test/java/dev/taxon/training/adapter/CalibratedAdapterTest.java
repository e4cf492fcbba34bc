package dev.taxon.training.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.Tickets;
import dev.taxon.training.data.Example;
import dev.taxon.training.report.ScoreSource;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.supervised.SupervisedDefaults;
import dev.taxon.training.supervised.SupervisedSettings;
import dev.taxon.training.supervised.SupervisedTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes of examples. */
class CalibratedAdapterTest extends SupervisedJobs {
    @Test
    void aHandfulOfExamplesBecomesACalibratedAdapterWithItsReport() throws IOException {
        AdapterResult result = run(job(Tickets.of(8), 1), folder).orElseThrow();
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
        assertThat(adapter.base()).contains(baseDigest());
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
                Tickets.of(8).stream().map(CalibratedAdapterTest::turned).toList();
        try (Checkpoint model = Checkpoints.open(Path.of("../models/taxon-small"))) {
            SupervisedSettings settings = withEpochs(SupervisedDefaults.of(24, 3, Mode.SINGLE_LABEL, 1), 6);
            SupervisedJob job = new SupervisedJob(
                    SupervisedTask.of(turned, Mode.SINGLE_LABEL), settings, null, Optional.empty(), Map.of());
            AdapterResult result = new AdapterTraining(job, model, Precision.FP32, event -> {}, new StopSignal())
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
        AdapterResult result = run(job(Tickets.of(4), 1), folder).orElseThrow();
        assertThat(read(folder).digest()).isEqualTo(result.digest());
    }

    @Test
    void severalLabelsARowAreLearnedWithThresholds() {
        AdapterResult result = run(job(Tickets.withTwoLabels(8), 1), folder).orElseThrow();
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
        SupervisedJob next = job(Tickets.of(4), 99);
        SupervisedJob from =
                new SupervisedJob(next.task(), withEpochs(next.settings(), 1), null, Optional.of(first), Map.of());
        Adapter second = read(run(from, folder.resolve("second")).orElseThrow().adapter());
        assertThat(second.digest()).isNotEqualTo(first.digest());
        first.updates()
                .forEach((layer, before) -> assertThat(second.updates())
                        .hasEntrySatisfying(
                                layer,
                                after -> assertThat(after.down().get(0))
                                        .isCloseTo(before.down().get(0), within(0.05f))));
    }
}

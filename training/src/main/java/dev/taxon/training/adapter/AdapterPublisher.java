package dev.taxon.training.adapter;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.CandidateLabel;
import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.core.adapter.AdapterWriter;
import dev.taxon.core.adapter.HeadWeights;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointDigest;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.DiskFault;
import dev.taxon.training.calibration.Calibration;
import dev.taxon.training.calibration.ScoredRow;
import dev.taxon.training.calibration.ScoredRows;
import dev.taxon.training.data.Example;
import dev.taxon.training.learning.JudgedRows;
import dev.taxon.training.learning.LearnedAdapter;
import dev.taxon.training.report.ReportJson;
import dev.taxon.training.report.ReportPage;
import dev.taxon.training.report.ScoreSource;
import dev.taxon.training.report.SourceRow;
import dev.taxon.training.report.TrainingReport;
import dev.taxon.training.run.DurableFiles;
import dev.taxon.training.run.TrainingException;
import dev.taxon.training.statistics.Bootstrap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Calibrates what was learned, says what it is worth, and writes both, the adapter whole or not at all. */
record AdapterPublisher(
        List<String> labels,
        Mode mode,
        Checkpoint checkpoint,
        String base,
        Map<String, String> lineage,
        Optional<AdapterSettings> start,
        ReportPage.Wording wording) {
    static final String ADAPTER = AdapterFolder.TRAINED;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A publisher of what a job learned on this machine.
     *
     * @param identity everything that the adapter follows from
     */
    static AdapterPublisher of(
            AdapterJob job, Checkpoint checkpoint, Precision precision, Map<String, String> identity) {
        Map<String, String> lineage = new LinkedHashMap<>(identity);
        lineage.put("precision", precision.toString());
        lineage.put("threads", Integer.toString(Runtime.getRuntime().availableProcessors()));
        lineage.put("base", checkpoint.config().name());
        ReportPage.Wording wording =
                job instanceof RewardedJob ? ReportPage.Wording.ofRewards() : ReportPage.Wording.ofAdapter();
        return new AdapterPublisher(
                job.labels(),
                job.mode(),
                checkpoint,
                CheckpointDigest.of(checkpoint),
                lineage,
                job.start().map(Adapter::settings),
                wording);
    }

    AdapterResult publish(LearnedAdapter learned, Path out) {
        Optional<TrainingReport> report = learned.judged().map(this::report);
        AdapterSettings own = new AdapterSettings(
                labels.stream().map(label -> new CandidateLabel(label, null)).toList(),
                Optional.of(mode),
                1,
                OptionalDouble.empty(),
                Map.of());
        AdapterSettings settings =
                report.map(found -> found.calibration().applied(own)).orElse(own);
        Adapter adapter = new Adapter("", settings, learned.updates(), Optional.of(base));
        Path folder = out.resolve(ADAPTER);
        try {
            write(adapter, report, folder);
            if (report.isPresent()) {
                writeReport(report.get(), out, learned.curve());
            }
        } catch (IOException | CheckpointException e) {
            throw new TrainingException(
                    "Everything is learned and checkpointed, but the adapter could not be written to " + folder + " ("
                            + DiskFault.reason(e) + "); make room on the disk, then run again with --resume.",
                    e);
        }
        String digest = new AdapterFolder(checkpoint.config(), HeadWeights.of(checkpoint), base)
                .read(folder)
                .digest();
        return new AdapterResult(folder, digest, report);
    }

    private void write(Adapter adapter, Optional<TrainingReport> report, Path folder) throws IOException {
        Path writing = folder.resolveSibling(".adapter.writing");
        DurableFiles.deleteTree(writing);
        ObjectNode notes = JSON.createObjectNode();
        notes.set("lineage", JSON.valueToTree(lineage));
        report.ifPresent(found -> notes.set("metrics", ReportJson.of(found.withoutTexts())));
        AdapterWriter.write(adapter, notes, writing);
        DurableFiles.deleteTree(folder);
        DurableFiles.publish(writing, folder);
    }

    private void writeReport(TrainingReport report, Path out, LearnedAdapter.CurveSource curve) throws IOException {
        byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(ReportJson.of(report));
        DurableFiles.write(out.resolve("report.json"), json);
        String page = ReportPage.html(report, wording, curve.panels());
        DurableFiles.write(out.resolve("report.html"), page.getBytes(StandardCharsets.UTF_8));
    }

    private TrainingReport report(JudgedRows judged) {
        ScoredRows with = rows(judged.examples(), judged.logits()).withFolds(judged.folds());
        ScoredRows without = rows(judged.examples(), judged.base());
        List<SourceRow> sources = new ArrayList<>();
        for (int row = 0; row < judged.numbers().length; row++) {
            sources.add(new SourceRow(
                    judged.numbers()[row] + 1L, judged.examples().get(row).text()));
        }
        TrainingReport report = TrainingReport.of(with, without, calibration(with), sources, Bootstrap.withDefaults());
        return judged.learnedFrom()
                ? report.withSource(new ScoreSource.Learned(judged.examples().size()))
                : report;
    }

    private Calibration calibration(ScoredRows rows) {
        return start.map(settings ->
                        Calibration.fit(rows, Calibration.of(settings.mode().orElse(mode), settings)))
                .orElseGet(() -> Calibration.fit(rows));
    }

    private ScoredRows rows(List<Example> examples, List<float[]> logits) {
        List<ScoredRow> rows = new ArrayList<>();
        for (int row = 0; row < examples.size(); row++) {
            Example example = examples.get(row);
            boolean[] targets = new boolean[example.allLabels().size()];
            for (int label = 0; label < targets.length; label++) {
                targets[label] =
                        example.trueLabels().contains(example.allLabels().get(label));
            }
            rows.add(new ScoredRow(example.allLabels(), logits.get(row), targets));
        }
        return ScoredRows.of(mode, rows);
    }
}

package dev.taxon.cli.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.cli.console.Progress;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.adapter.AdapterResult;
import dev.taxon.training.adapter.AdapterTraining;
import dev.taxon.training.run.TrainingListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where an adapter's training writes and what it says. */
final class AdapterOutput {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The job's folder: in the end adapter/, report.json and report.html; run/ meanwhile.")
    Path out = Path.of("");

    @Option(names = "--resume", description = "Go on with what is in --out, if there is something.")
    boolean resume;

    @Option(names = "--json", description = "Progress as JSON lines on standard output.")
    boolean json;

    /** What the job that goes on began in; empty for a new one. */
    Optional<Precision> begunIn() {
        return resume ? AdapterTraining.begunIn(out) : Optional.empty();
    }

    TrainingListener listener(PrintWriter console, PrintWriter err) {
        return json ? new EventLines(console) : new EventView(console, Progress.on(err));
    }

    /**
     * Says what came of it.
     *
     * @param before what the report compares with, in words
     */
    void tell(AdapterResult result, String before, PrintWriter console) {
        if (json) {
            console.println(line(result));
        } else {
            console.println("The adapter is in " + result.adapter() + " (" + result.digest() + ").");
            result.report()
                    .ifPresent(report -> console.println(String.format(
                            Locale.ROOT,
                            "%s Accuracy %.3f. Beside %s: %s. The whole report is in %s.",
                            report.source().sentence(),
                            report.metrics().accuracy(),
                            before,
                            report.withoutAdapter()
                                    .map(comparison -> comparison.verdict(before, "the adapter"))
                                    .orElse("not compared"),
                            out.resolve("report.html"))));
        }
        console.flush();
    }

    private static ObjectNode line(AdapterResult result) {
        ObjectNode line = JSON.createObjectNode()
                .put("event", "adapter")
                .put("adapter", result.adapter().toString())
                .put("digest", result.digest());
        result.report()
                .ifPresent(report -> line.put("macro_f1", report.metrics().macroF1())
                        .put("accuracy", report.metrics().accuracy()));
        return line;
    }
}

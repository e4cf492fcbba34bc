package dev.taxon.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.cli.model.ModelOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures forward passes over shapes of rows. */
@Command(
        name = "bench",
        description = {
            "Measure how many rows a second the model scores here, over shapes of rows.",
            "Rows are synthetic ids: each label its mark and two tokens, then the mark of the text and its tokens."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  taxon bench", "  taxon bench --labels 1,8 --lengths 64,256 --batches 1,8 --precision fp32 --json"})
public final class BenchCommand implements Callable<Integer> {
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private final BenchEngines engines;
    private final Stopwatch stopwatch = new Stopwatch(System::nanoTime);

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    ModelOptions model = new ModelOptions();

    @Option(names = "--labels", split = ",", paramLabel = "N,N", description = "Labels a row. Default: 1,8,32,128.")
    List<Integer> labels = List.of(1, 8, 32, 128);

    @Option(names = "--lengths", split = ",", paramLabel = "N,N", description = "Text tokens. Default: 64,256,512.")
    List<Integer> lengths = List.of(64, 256, 512);

    @Option(names = "--batches", split = ",", paramLabel = "N,N", description = "Rows a batch. Default: 1,8,32.")
    List<Integer> batches = List.of(1, 8, 32);

    @Option(names = "--json", description = "Print JSON instead of a table.")
    boolean json;

    /** A command that opens models as told. */
    public BenchCommand(BenchEngines engines) {
        this.engines = engines;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        requirePositive("--labels", labels);
        requirePositive("--lengths", lengths);
        requirePositive("--batches", batches);
        PrintWriter out = command().commandLine().getOut();
        try (BenchEngine engine = engines.open(model)) {
            List<Cell> cells = measureAll(engine, out);
            if (json) {
                out.println(new ObjectMapper().writeValueAsString(Map.of("cells", cells)));
            }
        }
        return 0;
    }

    private List<Cell> measureAll(BenchEngine engine, PrintWriter out) {
        if (!json) {
            out.println("labels  length  batch  sequence   examples/s     tokens/s");
        }
        // Until the virtual machine has compiled what it runs, its compiler takes a good part of a core.
        stopwatch.warmUp(engine.forward(1, 1, 1), WARM_UP.toNanos());
        List<Cell> cells = new ArrayList<>();
        for (int label : labels) {
            for (int length : lengths) {
                for (int batch : batches) {
                    Cell cell = measure(engine, label, length, batch);
                    cells.add(cell);
                    if (!json) {
                        out.println(line(cell));
                    }
                }
            }
        }
        return cells;
    }

    private Cell measure(BenchEngine engine, int labelCount, int length, int batch) {
        try {
            double seconds = stopwatch.seconds(engine.forward(labelCount, length, batch));
            return Cell.measured(labelCount, length, batch, batch / seconds);
        } catch (CellTooLargeException tooLarge) {
            return Cell.skipped(labelCount, length, batch, String.valueOf(tooLarge.getMessage()));
        }
    }

    private static String line(Cell cell) {
        String shape = String.format(
                Locale.ROOT, "%6d  %6d  %5d  %8d  ", cell.labels(), cell.length(), cell.batch(), cell.sequenceLength());
        return cell.skipped() != null
                ? shape + "skipped: " + cell.skipped()
                : shape
                        + String.format(
                                Locale.ROOT, "%11.1f  %11.0f", cell.examplesPerSecond(), cell.tokensPerSecond());
    }

    private void requirePositive(String option, List<Integer> values) {
        if (values.stream().anyMatch(value -> value < 1)) {
            throw new ParameterException(command().commandLine(), option + " takes numbers from 1 on");
        }
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }
}

package dev.taxon.cli.evaluate;

import dev.taxon.cli.console.Progress;
import dev.taxon.cli.model.ModelOpener;
import dev.taxon.cli.model.ModelOptions;
import dev.taxon.core.Classifier;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.training.baseline.CosineSimilarity;
import dev.taxon.training.baseline.EncoderEmbedder;
import dev.taxon.training.baseline.MostFrequentLabel;
import dev.taxon.training.data.LabelledSets;
import dev.taxon.training.evaluation.ClassifierPredictor;
import dev.taxon.training.evaluation.Evaluation;
import dev.taxon.training.evaluation.Judged;
import dev.taxon.training.evaluation.LabelPredictor;
import dev.taxon.training.evaluation.Metrics;
import dev.taxon.training.evaluation.RowChoice;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a model beside what it has to beat, over several sets. */
@Command(
        name = "baselines",
        sortOptions = false,
        description = {
            "Measure the model on labelled sets beside what knows less: the most frequent label, and cosine similarity",
            "of plain bge-small embeddings of text and label, the label bare and in a template fixed beforehand.",
            "Prints a Markdown table and how sure the difference to the better cosine is."
        },
        footerHeading = "%nExample:%n",
        footer = "  taxon baselines --data eval/")
public final class BaselinesCommand implements Callable<Integer> {
    private static final String BASE = "bge-small-en-v1.5";

    private final ModelOpener models;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    ModelOptions model = new ModelOptions();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "F",
            description = "A file (.jsonl, .csv, plain or .gz; .parquet) or a folder of them; may be repeated.")
    List<Path> data = List.of();

    @Option(names = "--limit", paramLabel = "N", description = "Take the first N rows of each set only.")
    long limit = Long.MAX_VALUE;

    /** A command that opens models as told. */
    public BaselinesCommand(ModelOpener models) {
        this.models = models;
    }

    @Override
    public Integer call() {
        List<Path> files = LabelledSets.files(data);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (Classifier classifier = models.open(model);
                Checkpoint base = Checkpoints.ofBase(BASE, 1);
                EncoderEmbedder embedder = EncoderEmbedder.load(base, classifier.precision())) {
            Map<Contender, Function<Path, LabelPredictor>> contenders = new LinkedHashMap<>();
            contenders.put(Contender.MOST_FREQUENT, file -> MostFrequentLabel.countedIn(file, limit));
            contenders.put(Contender.COSINE_BARE, file -> CosineSimilarity.bare(embedder));
            contenders.put(
                    Contender.COSINE_TEMPLATE, file -> CosineSimilarity.templated(embedder, CosineSimilarity.TEMPLATE));
            contenders.put(Contender.MODEL, file -> new ClassifierPredictor(classifier));
            ComparisonTable table = new ComparisonTable();
            for (Path file : files) {
                contenders.forEach((contender, predictor) -> measure(table, contender, file, predictor.apply(file)));
            }
            out.print(table.render());
            out.flush();
        }
        return 0;
    }

    private void measure(ComparisonTable table, Contender contender, Path file, LabelPredictor predictor) {
        Progress progress =
                Progress.on(Objects.requireNonNull(spec).commandLine().getErr());
        String set = LabelledSets.nameOf(file);
        Evaluation evaluation =
                new Evaluation(predictor, (rows, total) -> progress.show(rows, total, set + ", " + contender.title()));
        List<Judged> judged = new ArrayList<>();
        try {
            Metrics metrics = evaluation.evaluate(RowChoice.of(file, null, limit), judged::add);
            table.add(set, contender, metrics, judged);
        } finally {
            progress.end();
        }
    }
}

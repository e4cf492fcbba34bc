package dev.taxon.cli.bench;

import dev.taxon.cli.model.ModelOptions;
import dev.taxon.cli.model.Models;
import dev.taxon.core.Classifier;
import dev.taxon.core.bench.SyntheticRows;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.prompt.EncodedInput;
import java.util.List;

/** Measures a classifier from token ids to decoded scores. */
public final class ClassifierBench implements BenchEngine {
    private final Classifier classifier;
    private final SyntheticRows rows;
    private final int positions;

    private ClassifierBench(Classifier classifier, ModelConfig config) {
        this.classifier = classifier;
        this.rows = new SyntheticRows(config);
        this.positions = config.encoder().positions();
    }

    public static ClassifierBench open(ModelOptions options) {
        try (Checkpoint checkpoint = Models.checkpoint(options)) {
            return new ClassifierBench(Models.open(checkpoint, options), checkpoint.config());
        }
    }

    @Override
    public Runnable forward(int labels, int length, int batch) {
        if (!rows.fit(labels, length)) {
            throw new CellTooLargeException("does not fit the model's " + positions + " positions");
        }
        List<EncodedInput> inputs = rows.batch(labels, length, batch);
        return () -> classifier.score(inputs);
    }

    @Override
    public void close() {
        classifier.close();
    }
}

package dev.taxon.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.core.Classification.Scored;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointDigest;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.torch.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterMergeTest {
    private static final Path ORACLE = Path.of("src/test/resources/oracle/bert-simple-first");
    private static final List<String> LABELS = List.of("sports", "politics", "cooking");

    @TempDir
    Path folder;

    @Test
    void theMergedModelScoresAsTheBaseDoesUnderTheAdapter() throws IOException {
        int merged = 0;
        for (Path adapter : adapters()) {
            Path out = folder.resolve(String.valueOf(adapter.getFileName()));
            try (Checkpoint base = Checkpoints.open(ORACLE)) {
                AdapterMerge.write(base, read(base, adapter), "merged", out);
                assertThat(logits(out, Optional.empty()))
                        .usingElementComparator((left, right) -> Math.abs(left - right) < 1e-4 ? 0 : 1)
                        .isEqualTo(logits(ORACLE, Optional.of(adapter)));
            }
            merged++;
        }
        assertThat(merged).isGreaterThan(1);
    }

    @Test
    void theAdapterChangesSomethingAtAll() throws IOException {
        Path adapter = adapters().get(0);
        float with = logits(ORACLE, Optional.of(adapter)).get(0);
        assertThat(logits(ORACLE, Optional.empty()).get(0)).isNotCloseTo(with, within(1e-4f));
    }

    private static Adapter read(Checkpoint base, Path adapter) {
        return new AdapterFolder(base.config(), HeadWeights.of(base), CheckpointDigest.of(base)).read(adapter);
    }

    private static List<Path> adapters() throws IOException {
        try (Stream<Path> folders = Files.list(ORACLE.resolve("adapters"))) {
            return folders.sorted().toList();
        }
    }

    private static List<Float> logits(Path model, Optional<Path> adapter) {
        try (Checkpoint checkpoint = Checkpoints.open(model);
                Classifier classifier =
                        Classifiers.open(checkpoint, EngineOptions.defaults().withPrecision(Precision.FP32))) {
            ClassificationInput input = ClassificationInput.of("A late goal decided the final", LABELS);
            ClassificationInput asked = adapter.map(classifier::readAdapter)
                    .map(read -> input.withAdapter(read.reference()))
                    .orElse(input);
            return ((Scored) classifier.classify(List.of(asked)).get(0)).logits();
        }
    }
}

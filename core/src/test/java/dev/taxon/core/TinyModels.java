package dev.taxon.core;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.ConfigWriter;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.checkpoint.TinyCheckpoints;
import dev.taxon.core.torch.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Small models with random weights, made on the spot, beside those that the reference made. */
public final class TinyModels {
    private TinyModels() {}

    static Classifier oracle(String folder) {
        return oracle(folder, Precision.FP32);
    }

    static Classifier oracle(String folder, Precision precision) {
        try (Checkpoint checkpoint = Checkpoints.open(OracleFolders.path(folder))) {
            return Classifiers.open(checkpoint, EngineOptions.defaults().withPrecision(precision));
        }
    }

    /**
     * A late-mixing model of three layers, the last two of which mix.
     *
     * @param fixed values for whole tensors, by name, in place of random ones
     */
    static Classifier lateMixing(Path folder, Map<String, Float> fixed) {
        write(folder, fixed);
        try (Checkpoint checkpoint = Checkpoints.open(folder)) {
            return Classifiers.open(checkpoint, EngineOptions.defaults().withPrecision(Precision.FP32));
        }
    }

    /** The checkpoint of {@link #lateMixing}. */
    public static void write(Path folder, Map<String, Float> fixed) {
        ModelConfig config = TinyCheckpoints.lateMixing(TinyCheckpoints.encoder(512), 2);
        try {
            Files.write(folder.resolve("config.json"), ConfigWriter.write(config, Optional.empty()));
            Files.write(folder.resolve("tokenizer.json"), TinyCheckpoints.tokenizerJson());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TinyCheckpoints.weights(config, name -> true, fixed).write(folder.resolve("model.safetensors"));
    }
}

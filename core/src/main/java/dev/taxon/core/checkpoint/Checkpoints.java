package dev.taxon.core.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Opens checkpoints. What is returned is complete: every tensor the configuration needs is there, of the right shape and
 * finite, and the tokenizer's file exists. Anything else is a {@link CheckpointException}.
 */
public final class Checkpoints {
    static final String CONFIG = "config.json";
    static final String WEIGHTS = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";
    static final String TOKENIZER = "tokenizer.json";
    private static final String TRAINED = "model";
    private static final String PICKLED = "pytorch_model.bin";

    private Checkpoints() {}

    /**
     * Opens a checkpoint folder. The folder of a run that trained a model stands for the one in it. The caller closes what
     * is returned.
     */
    public static Checkpoint open(Path folder) {
        CheckpointFolder own = CheckpointFolder.of(folder);
        CheckpointFolder trained = CheckpointFolder.of(folder.resolve(TRAINED));
        return open(!own.has(CONFIG) && trained.has(CONFIG) ? trained : own);
    }

    /** Opens a checkpoint from wherever its files stand. The caller closes what is returned. */
    public static Checkpoint open(CheckpointFolder folder) {
        ConfigReader.Parsed parsed = ConfigReader.read(folder.describe(CONFIG), folder.read(CONFIG), folder.name());
        Weights own = weights(folder);
        try {
            Weights weights = parsed.base()
                    .map(base -> overBase(own, base, parsed.model()))
                    .orElse(own);
            WeightShapes.check(parsed.model(), weights);
            return new Checkpoint(parsed.model(), weights, tokenizer(folder, parsed.base()), parsed.base());
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /**
     * A base encoder without heads, in the late-mixing layout: where training starts.
     *
     * @param mixingLayers how many of the last layers mix, at least one
     * @return a checkpoint whose weights are the encoder's tensors alone ({@link WeightShapes#ofEncoder})
     */
    public static Checkpoint ofBase(String base, int mixingLayers) {
        EncoderConfig encoder = BaseEncoders.config(base);
        if (mixingLayers < 1 || mixingLayers > encoder.layers()) {
            throw new IllegalArgumentException("mixingLayers is %d; %s has %d layers, of which at least one mixes."
                    .formatted(mixingLayers, base, encoder.layers()));
        }
        ModelConfig config = new ModelConfig(base, encoder, new Layout.LateMixing(mixingLayers));
        Weights weights = BaseEncoders.weights(base, name -> true);
        WeightShapes.check(WeightShapes.ofEncoder(config), weights);
        return new Checkpoint(config, weights, () -> BaseEncoders.tokenizerJson(base), Optional.of(base));
    }

    private static Weights overBase(Weights own, String base, ModelConfig config) {
        EncoderConfig known = BaseEncoders.config(base);
        if (!known.equals(config.encoder())) {
            throw new CheckpointException(
                    "%s: encoder_config does not describe the base %s, which is %s.".formatted(CONFIG, base, known));
        }
        boolean complete =
                own.names().containsAll(WeightShapes.ofEncoder(config).keySet());
        return complete
                ? own
                : new LayeredWeights(
                        own, BaseEncoders.weights(base, name -> !own.names().contains(name)));
    }

    private static Weights weights(CheckpointFolder folder) {
        if (folder.has(WEIGHTS)) {
            return folder.weights(WEIGHTS);
        }
        if (folder.has(INDEX)) {
            return sharded(folder);
        }
        if (folder.has(PICKLED)) {
            throw new CheckpointException(
                    ("%s cannot be read: pickled weights may run code. Convert them first: load the"
                                    + " model in Python and call model.save_pretrained(folder, safe_serialization=True).")
                            .formatted(folder.describe(PICKLED)));
        }
        throw new CheckpointException(
                folder.describe(WEIGHTS) + " is missing (nor is there " + INDEX + "); the checkpoint has no weights.");
    }

    private static Weights sharded(CheckpointFolder folder) {
        JsonFile index = JsonFile.parse(folder.describe(INDEX), folder.read(INDEX));
        JsonFile map = index.object("weight_map").orElseThrow(() -> index.wrong("weight_map", "an object"));
        Map<String, String> fileOf = new TreeMap<>();
        map.node().fieldNames().forEachRemaining(name -> fileOf.put(name, map.string(name, "")));
        List<Weights> shards = new ArrayList<>();
        try {
            for (String file : new TreeSet<>(fileOf.values())) {
                Weights shard = shard(folder, file);
                shards.add(shard);
                fileOf.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(file))
                        .forEach(entry -> shard.info(entry.getKey()));
            }
            return new ShardedWeights(folder.describe(INDEX), shards);
        } catch (RuntimeException e) {
            shards.forEach(Weights::close);
            throw e;
        }
    }

    private static Weights shard(CheckpointFolder folder, String file) {
        if (!file.matches("[A-Za-z0-9._-]+\\.safetensors")) {
            throw new CheckpointException("%s names a file that is not a plain safetensors file name: '%s'."
                    .formatted(folder.describe(INDEX), file.replaceAll("\\p{Cntrl}", "?")));
        }
        if (!folder.has(file)) {
            throw new CheckpointException("%s is missing, which %s names.".formatted(folder.describe(file), INDEX));
        }
        return folder.weights(file);
    }

    private static Supplier<byte[]> tokenizer(CheckpointFolder folder, Optional<String> base) {
        if (base.isPresent() && !folder.has(TOKENIZER)) {
            String name = base.get();
            return () -> BaseEncoders.tokenizerJson(name);
        }
        if (!folder.has(TOKENIZER)) {
            throw new CheckpointException(
                    folder.describe(TOKENIZER) + " is missing; save the tokenizer of the model beside its weights.");
        }
        return () -> folder.read(TOKENIZER);
    }
}

package dev.taxon.cli.train;

import dev.taxon.cli.model.Models;
import dev.taxon.core.Machines;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.core.adapter.HeadWeights;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointDigest;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.data.LabelledSet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an adapter is trained for, and where it begins. */
final class BaseOptions {
    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The base: a GLiClass checkpoint's folder. Default: taxon-small, built in.")
    @Nullable
    Path model;

    @Option(names = "--from", paramLabel = "ADAPTER", description = "An adapter's folder to go on from.")
    @Nullable
    Path from;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "auto, fp32 or bf16. Default: auto, whichever is faster here.")
    LoraPrecision precision = LoraPrecision.AUTO;

    @Option(
            names = "--max-length",
            paramLabel = "N",
            description = "Most tokens of a row. Default: the model's own limit.")
    @Nullable
    Integer maxLength;

    /** Opens the base; the caller closes it. */
    Checkpoint open() {
        return Models.checkpoint(model);
    }

    /** The adapter to go on from, if there is one; the base is given with its digest. */
    Optional<Adapter> start(Checkpoint checkpoint, String digest) {
        return Optional.ofNullable(from)
                .map(folder -> new AdapterFolder(checkpoint.config(), HeadWeights.of(checkpoint), digest).read(folder));
    }

    /** What a run that goes on must share with the one that was stopped. */
    static Map<String, String> facts(Checkpoint checkpoint, List<LabelledSet> sets) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("model content digest", CheckpointDigest.of(checkpoint));
        sets.forEach(set -> facts.put("data " + set.name(), set.digest()));
        return facts;
    }

    /**
     * What to train in.
     *
     * @param begun what the job that goes on began in, if there is one: measured anew it could be another
     */
    Precision precision(Optional<Precision> begun) {
        return switch (precision) {
            case FP32 -> Precision.FP32;
            case BF16 -> Precision.BF16;
            case AUTO -> begun.orElseGet(Machines::forTraining);
        };
    }

    /** Element types whose range gradients fit in as they are, or the faster one of them. */
    enum LoraPrecision {
        AUTO,
        FP32,
        BF16
    }
}

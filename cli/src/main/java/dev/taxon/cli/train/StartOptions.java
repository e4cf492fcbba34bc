package dev.taxon.cli.train;

import dev.taxon.cli.console.WrongUse;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointDigest;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.Layout.LateMixing;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.sampling.PromptTokens;
import dev.taxon.training.step.EncoderWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** What training starts from. */
final class StartOptions {
    @Option(
            names = "--model",
            paramLabel = "M",
            description =
                    "A late-mixing checkpoint's folder, or a base encoder without heads. Default: ${DEFAULT-VALUE}.")
    String model = "bge-small-en-v1.5";

    @Option(
            names = "--mixing-layers",
            paramLabel = "N",
            description =
                    "Last layers in which text and labels are read together, for a base encoder. Default: ${DEFAULT-VALUE}.")
    int mixingLayers = 2;

    @Option(
            names = "--fresh-heads",
            description =
                    "Start projectors and scorer anew, where the checkpoint has some: its encoder's cosines alone.")
    boolean freshHeads;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "fp32 or bf16, for the encoder's products. Default: fp32.")
    TrainingPrecision precision = TrainingPrecision.FP32;

    @Option(
            names = "--max-text-tokens",
            paramLabel = "N",
            description = "Where texts are cut. Default: ${DEFAULT-VALUE}.")
    int maxTextTokens = 256;

    @Option(
            names = "--max-label-tokens",
            paramLabel = "N",
            description = "Where labels are cut. Default: ${DEFAULT-VALUE}.")
    int maxLabelTokens = 32;

    /** Element types whose range gradients fit in as they are. */
    enum TrainingPrecision {
        FP32,
        BF16
    }

    /** Opens it; the caller closes the checkpoint. */
    Checkpoint open() {
        Path folder = Path.of(model);
        Checkpoint checkpoint = Files.isDirectory(folder) ? openLateMixing(folder) : openBase();
        return freshHeads ? EncoderWeights.of(checkpoint) : checkpoint;
    }

    private static Checkpoint openLateMixing(Path folder) {
        Checkpoint checkpoint = Checkpoints.open(folder);
        if (!(checkpoint.config().layout() instanceof LateMixing)) {
            checkpoint.close();
            throw new WrongUse("--model: train full trains late-mixing models only; use train lora");
        }
        return checkpoint;
    }

    private Checkpoint openBase() {
        if (mixingLayers < 1) {
            throw new WrongUse("--mixing-layers takes a number from 1 on: text and labels must meet somewhere");
        }
        try {
            return Checkpoints.ofBase(model, mixingLayers);
        } catch (IllegalArgumentException tooMany) {
            throw new WrongUse(
                    "--mixing-layers takes at most as many as the encoder has: " + tooMany.getMessage(), tooMany);
        }
    }

    /** Tokens of texts and labels, which the encoder has room for. */
    PromptTokens tokens(Checkpoint checkpoint, Tokenizer tokenizer) {
        try {
            return PromptTokens.of(tokenizer, maxTextTokens, maxLabelTokens)
                    .within(checkpoint.config().encoder().positions());
        } catch (IllegalArgumentException misfit) {
            throw new WrongUse("--max-text-tokens or --max-label-tokens: " + misfit.getMessage(), misfit);
        }
    }

    Precision precision() {
        return switch (precision) {
            case FP32 -> Precision.FP32;
            case BF16 -> Precision.BF16;
        };
    }

    /** What a resumed run must share with the one that was stopped. */
    Map<String, String> facts(Checkpoint checkpoint) {
        return Map.of(
                "content digest", CheckpointDigest.of(checkpoint),
                "precision", precision.name(),
                "max_text_tokens", Integer.toString(maxTextTokens),
                "max_label_tokens", Integer.toString(maxLabelTokens));
    }
}

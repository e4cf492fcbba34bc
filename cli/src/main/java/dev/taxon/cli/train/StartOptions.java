package dev.taxon.cli.train;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.torch.Precision;
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
            names = "--precision",
            paramLabel = "P",
            description = "fp32 or bf16, for the encoder's products. Default: fp32.")
    Precision precision = Precision.FP32;

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

    /** Opens it; the caller closes the checkpoint. */
    Checkpoint open() {
        Path folder = Path.of(model);
        return Files.isDirectory(folder) ? Checkpoints.open(folder) : Checkpoints.ofBase(model, mixingLayers);
    }

    /** What a resumed run must share with the one that was stopped. */
    Map<String, String> facts() {
        return Map.of(
                "model", model,
                "mixing_layers", Integer.toString(mixingLayers),
                "precision", precision.name(),
                "max_text_tokens", Integer.toString(maxTextTokens),
                "max_label_tokens", Integer.toString(maxLabelTokens));
    }
}

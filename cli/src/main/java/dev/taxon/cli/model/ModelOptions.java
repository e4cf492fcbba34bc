package dev.taxon.cli.model;

import dev.taxon.core.ComputeDevice;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose a model and how it computes; shared by the commands that run one. */
public final class ModelOptions {
    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "A GLiClass checkpoint's folder (config.json, model.safetensors, tokenizer.json)."
                    + " Default: taxon-small, built in.")
    @Nullable
    Path model;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description =
                    "auto, fp32, fp16, bf16 or int8; auto is the faster of fp32 and bf16 here, on a GPU fp16, too, by a measurement"
                            + " that is kept (taxon doctor shows it). Default: auto.")
    Precision precision = Precision.AUTO;

    @Option(
            names = "--device",
            paramLabel = "D",
            description = "auto, cpu or cuda; auto is the GPU where libtorch can use one. Default: auto.")
    ComputeDevice device = ComputeDevice.AUTO;

    /** The folder of the chosen checkpoint; null for the built-in model. */
    public @Nullable Path model() {
        return model;
    }

    /** The same way of computing with another checkpoint's folder. */
    public ModelOptions withModel(Path folder) {
        ModelOptions other = new ModelOptions();
        other.model = folder;
        other.precision = precision;
        other.device = device;
        return other;
    }

    public Precision precision() {
        return precision;
    }

    public ComputeDevice device() {
        return device;
    }

    /** How the encoder computes. */
    public enum Precision {
        AUTO(null),
        FP32(dev.taxon.core.torch.Precision.FP32),
        FP16(dev.taxon.core.torch.Precision.FP16),
        BF16(dev.taxon.core.torch.Precision.BF16),
        INT8(dev.taxon.core.torch.Precision.INT8);

        private final Optional<dev.taxon.core.torch.Precision> precision;

        Precision(dev.taxon.core.torch.@Nullable Precision precision) {
            this.precision = Optional.ofNullable(precision);
        }

        /** Empty for {@link #AUTO}. */
        Optional<dev.taxon.core.torch.Precision> precision() {
            return precision;
        }
    }
}

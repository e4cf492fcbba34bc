package dev.taxon.cli.model;

import java.nio.file.Path;
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
            description = "auto, fp32, fp16 or bf16; auto is the fastest good one here, int8 is not supported yet."
                    + " Default: auto.")
    Precision precision = Precision.AUTO;

    @Option(
            names = "--device",
            paramLabel = "D",
            description = "auto or cpu, which is the same as long as cuda is not supported. Default: auto.")
    Device device = Device.AUTO;

    /** The folder of the chosen checkpoint; null for the built-in model. */
    public @Nullable Path model() {
        return model;
    }

    public Precision precision() {
        return precision;
    }

    public Device device() {
        return device;
    }

    /** Element types of the encoder. */
    public enum Precision {
        AUTO,
        FP32,
        FP16,
        BF16,
        INT8
    }

    /** Where the model runs. */
    public enum Device {
        AUTO,
        CPU,
        CUDA
    }
}

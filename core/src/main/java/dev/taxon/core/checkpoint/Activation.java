package dev.taxon.core.checkpoint;

import java.util.List;

/** {@code projector_hidden_act}: what stands between the two layers of a projector, by transformers' names. */
public enum Activation {
    GELU("gelu", "gelu", "gelu_python"),
    GELU_TANH("gelu_tanh", "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "gelu_accurate"),
    QUICK_GELU("quick_gelu", "quick_gelu"),
    RELU("relu", "relu"),
    RELU_SQUARED("relu2", "relu2"),
    RELU6("relu6", "relu6"),
    LEAKY_RELU("leaky_relu", "leaky_relu"),
    SILU("silu", "silu", "swish"),
    MISH("mish", "mish"),
    SIGMOID("sigmoid", "sigmoid"),
    TANH("tanh", "tanh"),
    LINEAR("linear", "linear");

    private final String program;
    private final List<String> keys;

    Activation(String program, String... keys) {
        this.program = program;
        this.keys = List.of(keys);
    }

    /** The name that {@code heads.py} knows it by. */
    public String program() {
        return program;
    }

    /** The names in config.json, the usual one first. */
    public List<String> keys() {
        return keys;
    }
}

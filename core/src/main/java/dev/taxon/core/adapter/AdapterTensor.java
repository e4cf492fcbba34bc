package dev.taxon.core.adapter;

import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.TensorNames;

/**
 * What a tensor of adapter_model.safetensors is, by its name.
 *
 * @param name the tensor's name there
 * @param layer the linear layer that it changes, as the base names it
 */
record AdapterTensor(String name, String layer, Part part) {
    private static final String PREFIX = "base_model.model.";
    private static final String SAVED = "modules_to_save.";
    private static final String DEFAULT = "default.";

    /** Which part of the change. */
    enum Part {
        /** {@code lora_A}: [r, in]. */
        DOWN,
        /** {@code lora_B}: [out, r]. */
        UP,
        /** Bias of {@code lora_B}: [out]. */
        SHIFT,
        /** A whole weight in the base's place: [out, in]. */
        WEIGHT,
        /** A whole bias in the base's place: [out]. */
        BIAS
    }

    static AdapterTensor parse(String source, String name) {
        if (!name.startsWith(PREFIX)) {
            throw refused(source, name, "its name does not begin with " + PREFIX);
        }
        if (name.contains("lora_magnitude_vector")) {
            throw refused(source, name, "Taxon does not support DoRA");
        }
        if (name.contains("lora_embedding_")) {
            throw refused(source, name, "Taxon does not support adapters of embeddings");
        }
        if (name.contains(".base_layer.")) {
            throw refused(source, name, "Taxon does not support adapters that change the base's biases");
        }
        // PEFT writes "lora_A.weight"; what was saved by hand may still name the adapter: "lora_A.default.weight".
        String plain = name.substring(PREFIX.length())
                .replace("lora_A." + DEFAULT, "lora_A.")
                .replace("lora_B." + DEFAULT, "lora_B.")
                .replace(SAVED + DEFAULT, "")
                .replace(SAVED, "");
        return parse(source, name, plain);
    }

    private static AdapterTensor parse(String source, String name, String plain) {
        if (plain.endsWith(".lora_A.weight")) {
            return new AdapterTensor(name, without(plain, ".lora_A.weight"), Part.DOWN);
        }
        if (plain.endsWith(".lora_B.weight")) {
            return new AdapterTensor(name, without(plain, ".lora_B.weight"), Part.UP);
        }
        if (plain.endsWith(".lora_B.bias")) {
            return new AdapterTensor(name, without(plain, ".lora_B.bias"), Part.SHIFT);
        }
        if (plain.endsWith(".weight")) {
            return new AdapterTensor(name, without(plain, ".weight"), Part.WEIGHT);
        }
        if (plain.endsWith(".bias")) {
            return new AdapterTensor(name, without(plain, ".bias"), Part.BIAS);
        }
        throw refused(source, name, "it is no part of a LoRA adapter");
    }

    private static String without(String name, String ending) {
        return name.substring(0, name.length() - ending.length());
    }

    static CheckpointException refused(String source, String name, String why) {
        return new CheckpointException(
                "%s: tensor %s cannot be used: %s.".formatted(source, TensorNames.shown(name), why));
    }
}

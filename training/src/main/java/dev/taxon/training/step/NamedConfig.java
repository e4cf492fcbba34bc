package dev.taxon.training.step;

import dev.taxon.core.checkpoint.ModelConfig;

/** A model's configuration under another name. */
final class NamedConfig {
    private NamedConfig() {}

    static ModelConfig of(ModelConfig config, String name) {
        return new ModelConfig(
                name,
                config.encoder(),
                config.layout(),
                config.textPooling(),
                config.classPooling(),
                config.embedClassToken(),
                config.scorer(),
                config.normalizeFeatures(),
                config.classToken(),
                config.textToken(),
                config.promptFirst());
    }
}

package dev.taxon.serving.deployment;

import dev.taxon.core.adapter.AdapterReference;
import dev.taxon.serving.model.Base;

/**
 * A version that classifies unseen what the active one answers.
 *
 * @param base the model that it belongs to, which need not be the active one's
 */
public record ShadowVersion(int number, AdapterReference reference, Base base) {}

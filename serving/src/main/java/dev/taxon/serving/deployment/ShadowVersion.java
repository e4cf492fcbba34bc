package dev.taxon.serving.deployment;

import dev.taxon.core.adapter.AdapterReference;

/** A version that classifies unseen what the active one answers. */
public record ShadowVersion(int number, AdapterReference reference) {}

package dev.taxon.serving.tenant;

import java.util.UUID;

/** Somebody whose data nobody else may see. */
public record Tenant(UUID id, String name) {}

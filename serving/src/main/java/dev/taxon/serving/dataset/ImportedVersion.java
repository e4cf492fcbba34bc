package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.DatasetFormat;
import java.util.UUID;

/** The version that an import is about, and whose. */
record ImportedVersion(UUID tenant, UUID id, DatasetFormat format, String sha256) {}

package dev.taxon.serving.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to become the next version of an adapter.
 *
 * @param adapter the adapter's name; it is made where there is none
 * @param folder adapter_config.json, adapter_model.safetensors and, where there is one, taxon.json
 * @param job the job that trained it, which publishes one version however often it tries
 * @param datasetVersion the rows that it was trained on
 * @param metrics how good it is, as evaluations write it; null where nobody has measured it
 * @param lineage where it comes from; free in form
 */
public record Publication(
        String adapter,
        Path folder,
        Source source,
        @Nullable UUID job,
        @Nullable UUID datasetVersion,
        @Nullable JsonNode metrics,
        JsonNode lineage) {

    /** Who made it. */
    public enum Source {
        /** A job of this platform. */
        JOB,
        /** Somebody else, who sent it. */
        IMPORT
    }
}

package dev.taxon.serving.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.model.BaseCheckpoint;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to become the next version of an adapter.
 *
 * @param adapter the adapter's name; it is made where there is none
 * @param base the model that it belongs to
 * @param folder adapter_config.json, adapter_model.safetensors and, where there is one, taxon.json
 * @param job the job that trained it, which publishes one version however often it tries
 * @param datasetVersion the rows that it was trained on
 * @param metrics how good it is, as evaluations write it; null where nobody has measured it
 * @param answers of the rows that it did not learn from, as who publishes keeps them; null where there are none
 * @param lineage where it comes from; free in form
 */
public record Publication(
        String adapter,
        BaseCheckpoint base,
        Path folder,
        Source source,
        @Nullable UUID job,
        @Nullable UUID datasetVersion,
        @Nullable JsonNode metrics,
        @Nullable JsonNode answers,
        JsonNode lineage) {

    /** Who made it. */
    public enum Source {
        /** A job of this platform. */
        JOB,
        /** Somebody else, who sent it. */
        IMPORT
    }
}

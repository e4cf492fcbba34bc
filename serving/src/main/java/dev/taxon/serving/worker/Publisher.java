package dev.taxon.serving.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.adapter.Publication;
import dev.taxon.serving.model.BaseCheckpoint;
import dev.taxon.serving.model.BaseCheckpoints;
import dev.taxon.serving.queue.HeldJobs;
import dev.taxon.training.adapter.AdapterResult;
import dev.taxon.training.report.ReportJson;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Publishes what a job has learned, under the fence of its attempt: one version a job, however often it tries. */
@Singleton
final class Publisher {
    private static final JsonMapper JSON = WireJson.newMapper();

    private final AdapterVersions versions;
    private final BaseCheckpoint base;
    private final HeldJobs held;
    private final String softwareVersion;

    Publisher(
            AdapterVersions versions,
            BaseCheckpoints bases,
            HeldJobs held,
            @ConfigProperty(name = "quarkus.application.version") String softwareVersion) {
        this.versions = versions;
        this.base = bases.current();
        this.held = held;
        this.softwareVersion = softwareVersion;
    }

    /**
     * Publishes the adapter; what the job came to.
     *
     * @param comparison with the version that it is trained again from
     */
    ObjectNode publish(Task task, Successor trained, Optional<ObjectNode> comparison) {
        AdapterResult result = trained.result();
        JobRequest request = task.request();
        String adapter = Objects.requireNonNull(request.adapter(), "a training is of an adapter");
        JsonNode metrics = metrics(result, comparison);
        Publication publication = new Publication(
                adapter,
                base,
                result.adapter(),
                Publication.Source.JOB,
                task.job().id(),
                task.job().datasetVersion(),
                metrics,
                trained.answers().map(KeptAnswers::json).orElse(null),
                lineage(task, request, result.adapter()));
        int number = versions.publish(task.tenant(), publication, () -> held.requireHeld(task.attempt()));
        ObjectNode published = JSON.createObjectNode()
                .put("adapter", adapter)
                .put("version", number)
                .put("digest", result.digest());
        if (metrics != null) {
            published.set("metrics", metrics);
        }
        return published;
    }

    private static @Nullable JsonNode metrics(AdapterResult result, Optional<ObjectNode> comparison) {
        Optional<ObjectNode> metrics = result.report().map(report -> ReportJson.of(report.withoutTexts()));
        if (comparison.isPresent()) {
            return metrics.orElseGet(JSON::createObjectNode).set("against_retrained_from", comparison.get());
        }
        return metrics.orElse(null);
    }

    private ObjectNode lineage(Task task, JobRequest request, Path folder) {
        ObjectNode lineage = JSON.createObjectNode()
                .put("kind", task.job().kind().word())
                .put("job", task.job().id().toString())
                .put("base", base.name())
                .put("base_digest", base.digest())
                .put("dataset", request.dataset())
                .put("dataset_version", request.version())
                .put("seed", request.seed() == null ? 1 : request.seed())
                .put("software_version", softwareVersion);
        if (request.from() != null) {
            lineage.put("from", request.from());
        }
        if (request.retrain() != null) {
            lineage.put("retrained_from", request.retrain());
        }
        lineage.set("request", task.job().request());
        lineage.set("settings", settings(folder));
        return lineage;
    }

    /** Everything that the training went by, as it wrote it into the adapter's folder. */
    private static JsonNode settings(Path folder) {
        try {
            return JSON.readTree(Files.readString(folder.resolve("taxon.json"))).path("lineage");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

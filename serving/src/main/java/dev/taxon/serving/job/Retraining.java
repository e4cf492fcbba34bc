package dev.taxon.serving.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.adapter.AdapterReference;
import dev.taxon.serving.adapter.AdapterVersionInfo;
import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.dataset.DatasetVersions;
import dev.taxon.serving.http.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;

/**
 * Makes of a request to train a version again the request that once trained it, with what is asked for otherwise. Within the
 * caller's tenant transaction. Thread-safe.
 */
@Singleton
final class Retraining {
    private static final JsonMapper JSON = WireJson.newMapper();
    private static final String HYPERPARAMETERS = "hyperparameters";

    private final AdapterVersions adapters;
    private final DatasetVersions datasets;

    Retraining(AdapterVersions adapters, DatasetVersions datasets) {
        this.adapters = adapters;
        this.datasets = datasets;
    }

    /** The whole request; a problem where the version's lineage lacks what it takes. */
    JobRequest expand(JobRequest asked) {
        String retrain = Objects.requireNonNull(asked.retrain());
        AdapterVersionInfo version =
                References.at("retrain", () -> adapters.require(AdapterReference.parse(retrain, "retrain")));
        if (!(version.lineage().path("request") instanceof ObjectNode once)) {
            throw conflict(
                    version.reference() + " was imported, and nobody here knows what it was trained on. Upload its"
                            + " rows as a data set, and train an adapter from that.");
        }
        JobRequest whole = read(merged(once, JSON.valueToTree(asked))
                .put("retrain", version.reference().toString()));
        requireSameKind(asked, once, version);
        requireThere(asked, whole, version);
        return whole;
    }

    private static void requireSameKind(JobRequest asked, ObjectNode once, AdapterVersionInfo version) {
        String kind = once.path("kind").asText();
        if (asked.kind() != null && !JSON.valueToTree(asked.kind()).asText().equals(kind)) {
            throw Field.invalid(
                    "kind",
                    version.reference() + " comes of a job of kind " + kind + ". Send that, or leave the kind out.");
        }
    }

    /** What only the lineage names may have been deleted since. */
    private void requireThere(JobRequest asked, JobRequest whole, AdapterVersionInfo version) {
        String dataset = whole.dataset();
        Integer number = whole.version();
        if (asked.dataset() == null && asked.version() == null && dataset != null && number != null) {
            orConflict(
                    () -> datasets.requireComing(dataset, number),
                    version.reference() + " was trained on " + dataset + "@" + number
                            + ", which is not there any more. Send the dataset to train it on now.");
        }
        String from = whole.from();
        if (asked.from() == null && from != null) {
            orConflict(
                    () -> adapters.require(AdapterReference.parse(from, "from")),
                    version.reference() + " went on from " + from
                            + ", which is not there any more. Send the version to go on from now as from.");
        }
    }

    private static void orConflict(Runnable look, String otherwise) {
        try {
            look.run();
        } catch (ProblemException gone) {
            throw conflict(otherwise);
        }
    }

    /** What is given counts, and what it takes the place of does not. */
    static ObjectNode merged(ObjectNode once, ObjectNode given) {
        ObjectNode merged = once.deepCopy();
        merged.remove(List.of("retrain", "compare_on"));
        if (given.has("dataset")) {
            merged.remove("version");
        }
        boolean feedback =
                merged.path("feedback").asBoolean() || given.path("feedback").asBoolean();
        if (merged.path(HYPERPARAMETERS) instanceof ObjectNode hyperparameters) {
            if (feedback) {
                // Was taken beside it once, and had no use.
                hyperparameters.remove("held_out");
            }
            replace(hyperparameters, given);
            given.remove(HYPERPARAMETERS);
        }
        return merged.setAll(given);
    }

    private static void replace(ObjectNode hyperparameters, ObjectNode given) {
        JsonNode others = given.path(HYPERPARAMETERS);
        if (others.has("folds") || others.has("held_out")) {
            hyperparameters.remove(List.of("folds", "held_out"));
        }
        if (given.has("from")) {
            hyperparameters.remove(List.of("rank", "alpha"));
        }
        if (others instanceof ObjectNode fields) {
            hyperparameters.setAll(fields);
        }
    }

    private static JobRequest read(ObjectNode request) {
        try {
            return WireJson.read(request.toString(), JobRequest.class);
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException("the request of a version's lineage cannot be read", notOurs);
        }
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(ErrorCode.CONFLICT, detail);
    }
}

package dev.taxon.sdk;

import dev.taxon.sdk.wire.Dataset;
import dev.taxon.sdk.wire.DatasetFormat;
import dev.taxon.sdk.wire.DatasetVersion;
import dev.taxon.sdk.wire.Example;
import dev.taxon.sdk.wire.Hyperparameters;
import dev.taxon.sdk.wire.JobKind;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns examples, or a version that is to be trained again, into a training job. */
final class Trainer {

    private final TaxonClient client;

    Trainer(TaxonClient client) {
        this.client = client;
    }

    CompletableFuture<Training> train(String adapter, List<Example> examples, Hyperparameters hyperparameters) {
        byte[] rows = rows(examples);
        DatasetVersionsClient versions = client.datasets().versions(adapter);
        CompletableFuture<DatasetVersion> uploaded =
                Futures.compose(dataset(adapter), made -> versions.uploadAsync(rows, DatasetFormat.JSONL));
        CompletableFuture<DatasetVersion> ready =
                Futures.compose(uploaded, version -> versions.awaitAsync(version.version()));
        return Futures.compose(ready, version -> start(adapter, request(adapter, version, hyperparameters)));
    }

    CompletableFuture<Training> retrain(String version) {
        int at = version.indexOf('@');
        String adapter = at < 0 ? version : version.substring(0, at);
        return start(adapter, JobRequest.retrain(version));
    }

    private CompletableFuture<Training> start(String adapter, JobRequest request) {
        return Futures.map(
                client.jobs().createAsync(request),
                job -> new Training(client, adapter, job.id()),
                Function.identity());
    }

    private static JobRequest request(String adapter, DatasetVersion rows, Hyperparameters hyperparameters) {
        return JobRequest.builder(JobKind.LORA)
                .adapter(adapter)
                .dataset(rows.dataset())
                .version(rows.version())
                .hyperparameters(hyperparameters.equals(Hyperparameters.DEFAULTS) ? null : hyperparameters)
                .build();
    }

    /** Makes the data set of this name, where there is none. */
    private CompletableFuture<@Nullable Void> dataset(String name) {
        CompletableFuture<Dataset> created = client.datasets().createAsync(name);
        CompletableFuture<@Nullable Void> there = created.handle((made, failure) -> {
            if (failure == null || Futures.unwrap(failure) instanceof ConflictException) {
                return null;
            }
            throw Futures.unchecked(failure);
        });
        Futures.cancelTogether(there, created);
        return there;
    }

    /** Every row may have any label that some row has. */
    static byte[] rows(List<Example> examples) {
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("there are no examples to learn from");
        }
        List<String> all = examples.stream()
                .flatMap(example -> example.labels().stream())
                .distinct()
                .toList();
        return examples.stream()
                .map(example -> WireJson.string(row(example, all)))
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> row(Example example, List<String> all) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("text", example.text());
        row.put("true_labels", example.labels());
        row.put("all_labels", all);
        return row;
    }
}

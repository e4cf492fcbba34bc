package dev.taxon.serving.classify;

import dev.taxon.core.Classification;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.serving.batching.Deadline;
import dev.taxon.serving.batching.Share;
import dev.taxon.serving.model.Base;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The rows of one request, each at the model that is to score it. Immutable. */
final class BoundRows {
    private final int count;
    private final Map<Base, List<Numbered>> byBase = new LinkedHashMap<>();

    BoundRows(List<BoundRow> rows) {
        this.count = rows.size();
        for (int i = 0; i < count; i++) {
            BoundRow row = rows.get(i);
            byBase.computeIfAbsent(row.base(), unseen -> new ArrayList<>()).add(new Numbered(i, row));
        }
    }

    /** A row, and which of the request's it is. */
    private record Numbered(int index, BoundRow row) {}

    /**
     * Queues all rows or none.
     *
     * @return the classifications in the order of the rows. Completing it from outside withdraws what has not been scored
     * @throws dev.taxon.serving.batching.OverloadedException at once, when rows would wait too long
     */
    CompletableFuture<List<Classification>> submit(Share share, Deadline deadline) {
        Map<Base, CompletableFuture<List<Classification>>> parts = new LinkedHashMap<>();
        try {
            byBase.forEach((base, rows) -> parts.put(base, base.batcher().submit(inputs(rows), share, deadline)));
        } catch (RuntimeException | Error refused) {
            parts.values().forEach(part -> part.cancel(false));
            throw refused;
        }
        return parts.size() == 1 ? parts.values().iterator().next() : joined(parts);
    }

    private static List<EncodedInput> inputs(List<Numbered> rows) {
        return rows.stream().map(each -> each.row().input()).toList();
    }

    private CompletableFuture<List<Classification>> joined(Map<Base, CompletableFuture<List<Classification>>> parts) {
        CompletableFuture<List<Classification>> all = CompletableFuture.allOf(
                        parts.values().toArray(CompletableFuture[]::new))
                .thenApply(scored -> inOrder(parts));
        // The first part that fails decides, and nothing waits for an answer any more that nobody gets.
        parts.values()
                .forEach(part -> part.exceptionally(failure -> {
                    all.completeExceptionally(failure);
                    return List.of();
                }));
        all.whenComplete((results, failure) -> {
            if (failure != null) {
                parts.values().forEach(part -> part.cancel(false));
            }
        });
        return all;
    }

    private List<Classification> inOrder(Map<Base, CompletableFuture<List<Classification>>> parts) {
        Classification[] results = new Classification[count];
        parts.forEach((base, part) -> {
            List<Classification> scored = part.join();
            List<Numbered> numbered = byBase.getOrDefault(base, List.of());
            for (int i = 0; i < numbered.size(); i++) {
                results[numbered.get(i).index()] = scored.get(i);
            }
        });
        return Arrays.asList(results);
    }
}

package dev.taxon.serving.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as its row tells of it.
 *
 * @param state the word of a {@link JobState}
 * @param request what was asked for, as the wire had it
 * @param attempt attempts so far
 * @param problem why it failed
 * @param result what came of it
 */
public record JobRecord(
        UUID id,
        JobKind kind,
        String state,
        JsonNode request,
        @Nullable String adapter,
        @Nullable UUID datasetVersion,
        int attempt,
        @Nullable JsonNode progress,
        @Nullable JsonNode estimate,
        @Nullable JsonNode problem,
        @Nullable JsonNode result,
        @Nullable Long checkpointStep,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {}

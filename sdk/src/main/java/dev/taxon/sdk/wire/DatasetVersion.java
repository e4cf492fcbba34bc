package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Labelled rows that never change, but for rows that are erased.
 *
 * @param dataset the dataset's name
 * @param version its number, from 1, given in the order in which uploads were complete
 * @param state how far it is; null for a word that this client does not know
 * @param source where the rows came from
 * @param format what the file was written in
 * @param bytes the file's size
 * @param sha256 the file's SHA-256, in hexadecimal
 * @param rows the rows it has, once it is ready
 * @param job the job that reads the file in
 * @param problem why it was refused: what, at which line, and what to do
 * @param createdAt when the upload began
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetVersion(
        String dataset,
        int version,
        @Nullable DatasetState state,
        @Nullable DatasetSource source,
        @Nullable DatasetFormat format,
        long bytes,
        @Nullable String sha256,
        @Nullable Long rows,
        @Nullable String job,
        @Nullable Problem problem,
        @Nullable Instant createdAt) {}

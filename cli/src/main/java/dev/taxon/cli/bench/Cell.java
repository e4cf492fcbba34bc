package dev.taxon.cli.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.taxon.core.bench.SyntheticRows;
import org.jspecify.annotations.Nullable;

/**
 * One measured shape.
 *
 * @param skipped why it was not measured; null when it was, and then the two rates are there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "labels",
    "length",
    "batch",
    "sequence_length",
    "examples_per_second",
    "tokens_per_second",
    "skipped"
})
record Cell(
        int labels,
        int length,
        int batch,
        @JsonProperty("sequence_length") int sequenceLength,
        @JsonProperty("examples_per_second") @Nullable Double examplesPerSecond,
        @JsonProperty("tokens_per_second") @Nullable Double tokensPerSecond,
        @Nullable String skipped) {

    static Cell measured(int labels, int length, int batch, double examplesPerSecond) {
        int sequence = SyntheticRows.sequenceLength(labels, length);
        return new Cell(labels, length, batch, sequence, examplesPerSecond, examplesPerSecond * sequence, null);
    }

    static Cell skipped(int labels, int length, int batch, String why) {
        return new Cell(labels, length, batch, SyntheticRows.sequenceLength(labels, length), null, null, why);
    }
}

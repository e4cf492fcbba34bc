package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.training.data.DataRow;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports whose workers die or meet, or that are not wanted any more. */
@QuarkusTest
class BrokenImportsIT extends DatasetServerTest {
    @Inject
    ImportStates states;

    @Inject
    RowRemoval removal;

    @TempDir
    Path folder = Path.of("");

    @Test
    void isDoneOnceHoweverOftenAndByHoweverMany() {
        upload(ROWS);
        UUID version = id(1);
        List<CompletableFuture<ImportOutcome>> workers = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> imports.run(tenant, version, () -> false)))
                .toList();
        assertThat(workers).allSatisfy(worker -> assertThat(worker.join()).isEqualTo(new ImportOutcome.Ready(3)));
        assertThat(imports.run(tenant, version, () -> true)).isEqualTo(new ImportOutcome.Ready(3));
        assertThat(rows(1)).hasSize(3);
    }

    @Test
    void goesOnWhereAWorkerDied() {
        upload(ROWS);
        UUID version = id(1);
        ImportStates.Found found = states.begin(tenant, version);
        CopyText part = new CopyText();
        part.number(1)
                .bytes(RowDigest.of(new DataRow.Labelled(1, "the striker scored twice", List.of("sports"), null)))
                .text("the striker scored twice")
                .texts(List.of("sports"))
                .texts(null)
                .endRow();
        ImportedVersion imported = ((ImportStates.Found.Waiting) found).version();
        assertThat(RowBatch.store(transactions, imported, part.toBytes())).isTrue();
        Problems.expectPassing(ErrorCode.CONFLICT, get(version(1) + "/rows"));
        assertThat(imports.run(tenant, version, () -> false)).isEqualTo(new ImportOutcome.Ready(3));
        assertThat(rows(1)).hasSize(3);
        assertThat(RowBatch.store(transactions, imported, part.toBytes())).isFalse();
    }

    @Test
    void takesNothingAwayFromAVersionThatAnotherWorkerMadeReady() {
        upload(ROWS);
        UUID version = id(1);
        DatasetImport slow = importsIn(folder);
        ImportOutcome outcome = slow.run(tenant, version, () -> {
            imports.run(tenant, version, () -> false);
            return true;
        });
        assertThat(outcome).isEqualTo(new ImportOutcome.Ready(3));
        assertThat(rows(1)).hasSize(3);
    }

    @Test
    void canBeTriedAgainWhenTheDiskDoesNotTakeTheFile() {
        upload(ROWS);
        DatasetImport full = importsIn(folder.resolve("there-is-no-such-folder"));
        assertThatThrownBy(() -> full.run(tenant, id(1), () -> false))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Make room");
        assertThat(Http.json(get(version(1))).get("state").asText()).isEqualTo("importing");
        assertThat(imports.run(tenant, id(1), () -> false)).isEqualTo(new ImportOutcome.Ready(3));
    }

    @Test
    void isGivenUpForTheReasonThatIsNamedWithoutADisk() {
        upload(ROWS);
        importsIn(folder.resolve("there-is-no-such-folder"))
                .giveUp(tenant, id(1), Problem.of(ErrorCode.INTERNAL, "Its worker was lost."));
        JsonNode refused = Http.json(get(version(1)));
        assertThat(refused.get("state").asText()).isEqualTo("refused");
        assertThat(refused.at("/problem/detail").asText()).isEqualTo("Its worker was lost.");
        assertThat(count("dataset_chunk", "version_id = ?", id(1))).isZero();
    }

    @Test
    void isNotGivenUpOnceItIsReady() {
        read(ROWS);
        imports.giveUp(tenant, id(1), Problem.of(ErrorCode.INTERNAL, "Its worker was lost."));
        assertThat(rows(1)).hasSize(3);
    }

    @Test
    void leavesNoFileBehind() throws IOException {
        upload(ROWS);
        importsIn(folder).run(tenant, id(1), () -> false);
        upload("no rows at all");
        importsIn(folder).run(tenant, id(2), () -> false);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void stopsWhenItIsCancelled() {
        upload(ROWS);
        ImportOutcome outcome = imports.run(tenant, id(1), () -> true);
        assertThat(outcome).isInstanceOf(ImportOutcome.Refused.class);
        assertThat(Http.json(get(version(1))).get("state").asText()).isEqualTo("refused");
        assertThat(count("dataset_chunk", "version_id = ?", id(1))).isZero();
        assertThat(count("dataset_row", "dataset_id = (SELECT id FROM dataset WHERE name = ?)", name))
                .isZero();
    }

    @Test
    void endsQuietlyWhenTheVersionWasDeleted() {
        upload(ROWS);
        UUID version = id(1);
        delete(version(1));
        assertThat(imports.run(tenant, version, () -> false)).isInstanceOf(ImportOutcome.Refused.class);
        assertThat(count("dataset_row", "dataset_id = (SELECT id FROM dataset WHERE name = ?)", name))
                .isZero();
    }

    private DatasetImport importsIn(Path scratch) {
        return new DatasetImport(transactions, states, removal, new ImportLimits(100, 10_000), scratch);
    }
}

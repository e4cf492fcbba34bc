package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.serving.database.Sql;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Versions that went on from others which were deleted since: they have learned their rows nevertheless, and say so. */
@QuarkusTest
class DeletedForebearsIT extends ErasureTest {
    @BeforeEach
    void readTwoVersions() {
        read(ROWS);
        read("{\"text\": \"more\", \"label\": \"business\"}\n");
    }

    @Test
    void aDeletedVersionInTheMiddleLeavesTheChainWhole() {
        UUID first = trained().on(id(1));
        UUID second = trained().on(id(2), first);
        UUID third = trained().on(id(2), second);
        UUID stranger = trained().on(id(2), trained().on(id(2)));

        deleteVersion(second);
        erase(1);

        assertThat(trained().erasedRows(first)).isEqualTo(1);
        assertThat(trained().erasedRows(third)).isEqualTo(1);
        assertThat(trained().erasedRows(stranger)).isZero();
        assertThat(delete(version(1)).statusCode()).isEqualTo(204);
        assertThat(trained().erasedRows(third)).as("all three rows are gone").isEqualTo(3);
        assertThat(trained().erasedRows(stranger)).isZero();
    }

    @Test
    void soDoDeletedAdaptersHoweverManyAndWhicheverLearnedTheRow() {
        UUID first = trained().on(id(1));
        UUID second = trained().on(id(2), first);
        UUID third = trained().on(id(2), second);
        UUID fourth = trained().on(id(2), third);

        deleteAdapter(third);
        deleteAdapter(first);
        deleteVersion(second);
        erase(1);

        assertThat(trained().erasedRows(fourth)).isEqualTo(1);
    }

    @Test
    void aJobWhoseStartIsDeletedWhileItRunsPublishesAVersionThatSaysSo() throws IOException {
        UUID start = trained().on(id(2), trained().on(id(1)));
        UUID job = job(id(2), 1, start);

        erase(1);
        deleteVersion(start);
        erase(0);

        assertThat(erasedRows(publish(job, () -> {})))
                .as("one before it was deleted, one after")
                .isEqualTo(2);
    }

    private void deleteVersion(UUID version) {
        assertThat(delete(adapter(version) + "/versions/1").statusCode()).isEqualTo(204);
    }

    private void deleteAdapter(UUID version) {
        assertThat(delete(adapter(version)).statusCode()).isEqualTo(204);
    }

    private String adapter(UUID version) {
        String select = "SELECT a.name FROM adapter a JOIN adapter_version v ON v.adapter_id = a.id WHERE v.id = ?";
        return transactions.sql(
                tenant,
                connection -> Sql.first(connection, select, row -> "/v1/adapters/" + row.getString(1), version)
                        .orElseThrow());
    }
}

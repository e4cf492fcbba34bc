package dev.taxon.serving.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.Http;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A version that classifies unseen what another answers. */
@QuarkusTest
class ShadowIT extends AdapterServerTest {
    /** So many, and so unlike, that two versions agree on all of them in one run of thousands. */
    private static final int TEXTS = 200;

    @Inject
    TenantTransactions transactions;

    @Test
    void countsWhatAShadowSaysBesideTheActiveVersion() {
        String name = newAdapter(2);
        promote(name, 1);
        call("PUT", "/v1/adapters/" + name + "/shadow", "{'version': 2}");
        String texts = "'"
                + String.join(
                        "','",
                        IntStream.range(0, TEXTS)
                                .mapToObj(i -> "text " + 7919 * i)
                                .toList()) + "'";
        HttpResponse<String> answered =
                call("POST", "/v1/classify", "{'texts': [" + texts + "], 'adapter': '" + name + "'}");
        assertThat(Http.json(answered).at("/results/0/adapter").asText()).isEqualTo(name + "@1");
        eventually(() -> assertThat(comparison(name).at("/texts").asInt()).isEqualTo(TEXTS));
        JsonNode comparison = comparison(name);
        assertThat(comparison.at("/active").asInt()).isEqualTo(1);
        assertThat(comparison.at("/other").asInt()).isEqualTo(2);
        long agreed = comparison
                .at("/pairs")
                .valueStream()
                .filter(pair -> pair.at("/active").equals(pair.at("/other")))
                .mapToLong(pair -> pair.at("/texts").asLong())
                .sum();
        long all = comparison
                .at("/pairs")
                .valueStream()
                .mapToLong(pair -> pair.at("/texts").asLong())
                .sum();
        assertThat(comparison.at("/agreed").asLong()).isEqualTo(agreed).isLessThan(TEXTS);
        assertThat(all).isEqualTo(TEXTS);
    }

    @Test
    void goesOnCountingPairsThatAreCountedWhenThereIsNoRoomForOthers() {
        String name = newAdapter(2);
        promote(name, 1);
        call("PUT", "/v1/adapters/" + name + "/shadow", "{'version': 2}");
        String insert = "INSERT INTO comparison_count (adapter_id, active, other, active_label, other_label, texts)";
        transactions.sql(acme(), connection -> {
            Sql.update(
                    connection,
                    insert + " SELECT id, 1, 2, a, o, 0 FROM adapter, unnest(?::text[]) a, unnest(?::text[]) o"
                            + " WHERE name = ?",
                    connection.createArrayOf("text", LABELS.toArray()),
                    connection.createArrayOf("text", LABELS.toArray()),
                    name);
            return Sql.update(
                    connection,
                    insert + " SELECT id, 1, 2, 'label ' || i, 'x', 0 FROM adapter, generate_series(1, 10000) i"
                            + " WHERE name = ?",
                    name);
        });

        call("POST", "/v1/classify", "{'texts': ['a', 'b', 'c'], 'adapter': '" + name + "'}");

        eventually(() -> assertThat(comparison(name).at("/texts").asInt()).isEqualTo(3));
    }

    private JsonNode comparison(String name) {
        return Http.json(call("GET", "/v1/adapters/" + name + "/comparison", ""));
    }
}

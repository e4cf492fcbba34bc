package dev.taxon.serving.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Owner;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls whose transactions Postgres ends in favour of others: deadlocks, failures to serialise, locks that are not free. */
@QuarkusTest
class GivingWayIT extends ServerTest {
    private final String name = "d" + UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(strings = {"40P01", "40001", "55P03"})
    void mayBeTriedAgain(String state) throws SQLException {
        // Who gives way to whom is Postgres' choice; a trigger fails with the same states and leaves none to chance.
        asOwner(
                """
                CREATE FUNCTION give_way() RETURNS trigger LANGUAGE plpgsql AS
                $$BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '%s'; END$$
                """.formatted(state),
                "CREATE TRIGGER give_way BEFORE INSERT ON dataset FOR EACH ROW WHEN (NEW.name = '" + name
                        + "') EXECUTE FUNCTION give_way()");

        HttpResponse<String> refused = create();

        assertThat(Problems.expect(ErrorCode.OVERLOADED, refused).detail()).contains("Try again");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();

        othersAreDone();
        assertThat(create().statusCode()).isEqualTo(201);
    }

    @AfterEach
    void othersAreDone() throws SQLException {
        asOwner("DROP TRIGGER IF EXISTS give_way ON dataset", "DROP FUNCTION IF EXISTS give_way");
    }

    private HttpResponse<String> create() {
        return Http.send(Http.to("/v1/datasets")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\": \"" + name + "\"}")));
    }

    private static void asOwner(String... statements) throws SQLException {
        try (Connection connection = Owner.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}

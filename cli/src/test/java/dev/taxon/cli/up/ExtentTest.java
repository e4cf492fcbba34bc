package dev.taxon.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.cli.console.WrongUse;
import dev.taxon.cli.database.DatabaseLogin;
import dev.taxon.cli.database.DatabaseLogin.Owner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExtentTest {
    private static final String URL = "postgresql://taxon_app@db.example:5433/taxon?sslmode=require";
    private static final Map<String, String> PASSWORD = Map.of(DatabaseLogin.PASSWORD, "secret");

    @Test
    void withoutAWordEverythingIsOnThisMachine() {
        Extent extent = Extent.of(null, null, Map.of());

        assertThat(extent.parts()).containsExactlyInAnyOrder(Part.API, Part.WORKER);
        assertThat(extent.database()).isEmpty();
    }

    @Test
    void aPartNeedsADatabaseThatOthersReach() {
        assertThatThrownBy(() -> Extent.of(Part.WORKER, null, PASSWORD))
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining("--database")
                .hasMessageContaining("one machine");
        assertThat(Extent.of(Part.WORKER, URL, PASSWORD).parts()).containsExactly(Part.WORKER);
    }

    @Test
    void theUrlAndTheEnvironmentSayWhoEnters() {
        assertThat(DatabaseLogin.parse(URL, PASSWORD))
                .isEqualTo(new DatabaseLogin(
                        "jdbc:postgresql://db.example:5433/taxon?sslmode=require",
                        "taxon_app",
                        "secret",
                        Optional.empty()));
        assertThat(DatabaseLogin.parse("jdbc:postgresql://u%40x:p%2Fw@db.example/t", Map.of()))
                .isEqualTo(new DatabaseLogin("jdbc:postgresql://db.example/t", "u@x", "p/w", Optional.empty()));
    }

    @Test
    void anOwnerMigratesAndIsAnother() {
        Map<String, String> environment = Map.of(
                DatabaseLogin.PASSWORD, "secret",
                DatabaseLogin.OWNER, "taxon_owner",
                DatabaseLogin.OWNER_PASSWORD, "other");

        assertThat(DatabaseLogin.parse(URL, environment).owner()).contains(new Owner("taxon_owner", "other"));
        assertThatThrownBy(() -> DatabaseLogin.parse("postgresql://taxon_owner@db.example/taxon", environment))
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining("row-level security");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.example", "mysql://u@db.example/taxon", "postgresql://u@db.example", "postgresql:// /"})
    void whatIsNoUrlIsNotQuoted(String url) {
        assertThatThrownBy(() -> DatabaseLogin.parse(url, PASSWORD))
                .isInstanceOf(WrongUse.class)
                .hasMessageNotContaining("example/")
                .hasMessageContaining("--database");
    }

    @Test
    void aMissingPasswordIsNamed() {
        assertThatThrownBy(() -> DatabaseLogin.parse(URL, Map.of()))
                .isInstanceOf(WrongUse.class)
                .hasMessageContaining(DatabaseLogin.PASSWORD);
    }

    @Test
    void aNodeWithoutAnOwnerDoesNotMigrate() {
        DatabaseLogin joined = DatabaseLogin.parse(URL, PASSWORD);

        Map<String, String> environment = ServerEnvironment.of(
                Part.WORKER,
                joined,
                new ListenAddress("127.0.0.1", 9000),
                Path.of("work"),
                ServedModels.of(null, List.of()));

        assertThat(environment)
                .containsEntry("TAXON_ROLES", "worker")
                .containsEntry("QUARKUS_FLYWAY_MIGRATE_AT_START", "false")
                .containsEntry("QUARKUS_DATASOURCE_PASSWORD", "secret")
                .containsEntry("TAXON_DATABASE_APPLICATION_ROLE", "taxon_app")
                .doesNotContainKey("TAXON_MODEL");
    }

    @Test
    void aWorkerThatIsStarvedOfProcessorTimeIsSilentAboutItsEventLoops() {
        assertThat(environment(Part.WORKER))
                .containsEntry("QUARKUS_VERTX_MAX_EVENT_LOOP_EXECUTE_TIME", "PT5M")
                .containsEntry("QUARKUS_VERTX_MAX_WORKER_EXECUTE_TIME", "PT5M")
                .containsEntry("QUARKUS_VERTX_WARNING_EXCEPTION_TIME", "PT1H");
        assertThat(environment(Part.API).keySet()).noneMatch(name -> name.startsWith("QUARKUS_VERTX_"));
    }

    private static Map<String, String> environment(Part part) {
        return ServerEnvironment.of(
                part,
                DatabaseLogin.parse(URL, PASSWORD),
                new ListenAddress("127.0.0.1", 9000),
                Path.of("work"),
                ServedModels.of(null, List.of()));
    }
}

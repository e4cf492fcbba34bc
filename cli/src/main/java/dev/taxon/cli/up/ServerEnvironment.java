package dev.taxon.cli.up;

import dev.taxon.cli.database.DatabaseLogin;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the server is told, in its environment: unlike a command line it is hidden from other users. */
final class ServerEnvironment {
    /**
     * A worker has what the other processes leave it, and may stand still for as long as these please. Its event loops answer
     * nobody but probes: that they are late is told after minutes and in a line, where by default each second of it is told
     * with a stack trace of whatever they were at.
     */
    private static final Map<String, String> PATIENCE = Map.of(
            "QUARKUS_VERTX_MAX_EVENT_LOOP_EXECUTE_TIME", "PT5M",
            "QUARKUS_VERTX_MAX_WORKER_EXECUTE_TIME", "PT5M",
            "QUARKUS_VERTX_WARNING_EXCEPTION_TIME", "PT1H");

    private ServerEnvironment() {}

    /**
     * The variables of one process.
     *
     * @param work where a worker keeps what it works on
     */
    static Map<String, String> of(
            Part part, DatabaseLogin database, ListenAddress listen, Path work, ServedModels models) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TAXON_ROLES", part.role());
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl());
        environment.put("QUARKUS_DATASOURCE_USERNAME", database.user());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
        environment.put("TAXON_DATABASE_APPLICATION_ROLE", database.user());
        environment.put(
                "QUARKUS_FLYWAY_MIGRATE_AT_START",
                Boolean.toString(database.owner().isPresent()));
        database.owner().ifPresent(owner -> {
            environment.put("QUARKUS_FLYWAY_USERNAME", owner.user());
            environment.put("QUARKUS_FLYWAY_PASSWORD", owner.password());
        });
        environment.put("QUARKUS_HTTP_HOST", listen.host());
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(listen.port()));
        environment.put("TAXON_WORKER_FOLDER", work.toString());
        environment.putAll(models.environment());
        if (part == Part.WORKER) {
            environment.putAll(PATIENCE);
        }
        return environment;
    }
}

package dev.taxon.cli.up;

import dev.taxon.serving.postgres.DatabaseAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server is told, in its environment: unlike a command line it is hidden from other users. */
final class ServerEnvironment {
    private ServerEnvironment() {}

    static Map<String, String> of(DatabaseAddress database, ListenAddress listen, @Nullable Path model) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl());
        environment.put("QUARKUS_DATASOURCE_USERNAME", database.applicationUser());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", database.applicationPassword());
        environment.put("QUARKUS_FLYWAY_USERNAME", database.ownerUser());
        environment.put("QUARKUS_FLYWAY_PASSWORD", database.ownerPassword());
        environment.put("QUARKUS_HTTP_HOST", listen.host());
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(listen.port()));
        if (model != null) {
            environment.put("TAXON_MODEL", model.toString());
        }
        return environment;
    }
}

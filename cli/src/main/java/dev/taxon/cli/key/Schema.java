package dev.taxon.cli.key;

import dev.taxon.serving.postgres.DatabaseAddress;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** Brings a database's schema up to date, as the server does when it starts. */
final class Schema {
    private Schema() {}

    static void migrate(DatabaseAddress database) {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.ownerUser(), database.ownerPassword())
                .placeholders(Map.of("application_role", database.applicationUser()))
                .load()
                .migrate();
    }
}

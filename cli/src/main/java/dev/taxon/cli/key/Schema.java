package dev.taxon.cli.key;

import dev.taxon.serving.postgres.DatabaseAddress;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;

/** Brings a database's schema up to date, as the server does when it starts. */
final class Schema {
    /** Held, as a logger that nobody holds forgets its level. */
    private static final Logger LOG = Logger.getLogger("org.flywaydb");

    private Schema() {}

    static void migrate(DatabaseAddress database) {
        LOG.setLevel(Level.WARNING);
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.ownerUser(), database.ownerPassword())
                .placeholders(Map.of("application_role", database.applicationUser()))
                .load()
                .migrate();
    }
}

package dev.taxon.cli.key;

import dev.taxon.cli.console.CommandFailure;
import dev.taxon.cli.console.Home;
import dev.taxon.cli.data.DataFolder;
import dev.taxon.serving.postgres.DatabaseAddress;
import dev.taxon.serving.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The database of a data folder, up to date: the one that runs, or one started for as long as it is used. */
final class KeyDatabase {
    private KeyDatabase() {}

    /**
     * Works with the database.
     *
     * @param data the data folder; the repository's own when null
     * @param purpose what the folder is held for meanwhile
     */
    static <T> T with(@Nullable Path data, String purpose, Function<DatabaseAddress, T> work) throws IOException {
        Path folder = data == null ? Home.current().defaultData() : data;
        Optional<DataFolder> taken = DataFolder.tryTake(folder, purpose);
        if (taken.isEmpty()) {
            return work.apply(running(folder));
        }
        try (DataFolder ours = taken.get();
                EmbeddedPostgres postgres = EmbeddedPostgres.start(ours.path())) {
            Schema.migrate(postgres.address());
            return work.apply(postgres.address());
        }
    }

    /** Connections as the role that the server works with. */
    static DataSource application(DatabaseAddress database) {
        return source(database, database.applicationUser(), database.applicationPassword());
    }

    /** Connections as the role that owns the tables. */
    static DataSource owner(DatabaseAddress database) {
        return source(database, database.ownerUser(), database.ownerPassword());
    }

    private static DataSource source(DatabaseAddress database, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(database.jdbcUrl());
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    private static DatabaseAddress running(Path folder) {
        return EmbeddedPostgres.running(folder)
                .orElseThrow(() -> new CommandFailure("The database in "
                        + folder.toAbsolutePath().normalize() + " is starting or stopping; try again in a moment."));
    }
}

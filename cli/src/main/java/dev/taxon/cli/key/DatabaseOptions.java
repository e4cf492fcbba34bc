package dev.taxon.cli.key;

import dev.taxon.cli.console.CommandFailure;
import dev.taxon.cli.console.Home;
import dev.taxon.cli.data.DataFolder;
import dev.taxon.cli.database.DatabaseLogin;
import dev.taxon.serving.postgres.DatabaseAddress;
import dev.taxon.serving.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database the keys are in: that of a data folder, which is started where it does not run, or one elsewhere. */
final class DatabaseOptions {
    @Option(names = "--data", paramLabel = "DIR", description = "The data folder. Default: .taxon in the repository.")
    @Nullable
    Path data;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = {
                "A Postgres that runs elsewhere, as for 'taxon up'; a server must have worked with it before.",
                "Passwords are taken from the environment, of the owner from TAXON_DATABASE_OWNER_PASSWORD."
            })
    @Nullable
    String url;

    /**
     * Works with the database.
     *
     * @param purpose what the folder is held for meanwhile
     */
    <T> T with(String purpose, Function<DatabaseLogin, T> work) throws IOException {
        if (url != null) {
            return work.apply(DatabaseLogin.parse(url, System.getenv()));
        }
        Path folder = data == null ? Home.current().defaultData() : data;
        Optional<DataFolder> taken = DataFolder.tryTake(folder, purpose);
        if (taken.isEmpty()) {
            return work.apply(DatabaseLogin.of(running(folder)));
        }
        try (DataFolder ours = taken.get();
                EmbeddedPostgres postgres = EmbeddedPostgres.start(ours.path())) {
            Schema.migrate(postgres.address());
            return work.apply(DatabaseLogin.of(postgres.address()));
        }
    }

    private static DatabaseAddress running(Path folder) {
        return EmbeddedPostgres.running(folder)
                .orElseThrow(() -> new CommandFailure("The database in "
                        + folder.toAbsolutePath().normalize() + " is starting or stopping; try again in a moment."));
    }
}

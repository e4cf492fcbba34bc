package dev.taxon.cli.up;

import dev.taxon.cli.supervise.Service;
import dev.taxon.serving.postgres.DatabaseAddress;
import dev.taxon.serving.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The embedded database; every life of it has the same address, so that its clients find it again. */
final class PostgresService implements Service {
    private final Path data;
    private volatile @Nullable DatabaseAddress address;

    PostgresService(Path data) {
        this.data = data;
    }

    @Override
    public String name() {
        return "database";
    }

    /** The address, once the first start has been. */
    DatabaseAddress address() {
        DatabaseAddress known = address;
        if (known == null) {
            throw new IllegalStateException("the database has not been started");
        }
        return known;
    }

    @Override
    public Run start() {
        DatabaseAddress former = address;
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data, former == null ? 0 : former.port());
        address = postgres.address();
        return new PostgresRun(postgres, data.resolve("logs").resolve("postgres.log"));
    }

    private record PostgresRun(EmbeddedPostgres postgres, Path log) implements Run {
        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public CompletableFuture<String> ended() {
            return postgres.ended().thenApply(process -> "its log is " + log + ".");
        }

        @Override
        public void stop() {
            postgres.close();
        }
    }
}

package dev.taxon.serving.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

final class EmbeddedPostgresIT {
    @TempDir
    static Path data;

    @Test
    void keepsWhatWasCommittedWhenTheServerIsKilled() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            owner(postgres, "CREATE TABLE kept (word text)");
            owner(postgres, "INSERT INTO kept VALUES ('Grüße')");
            int port = postgres.address().port();
            ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
            postgres.ended().get(10, TimeUnit.SECONDS);
            postgres.close();
            try (EmbeddedPostgres again = EmbeddedPostgres.start(data, port)) {
                assertThat(again.address().port()).isEqualTo(port);
                assertThat(again.ownerPassword()).isEqualTo(postgres.ownerPassword());
                assertThat(owner(again, "SELECT word FROM kept")).isEqualTo("Grüße");
            }
        }
    }

    @Test
    void isDurableAndPrivate() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            assertThat(settings(postgres, "fsync", "synchronous_commit", "full_page_writes"))
                    .containsOnly("on");
            assertThat(settings(postgres, "listen_addresses")).containsExactly("127.0.0.1");
            assertThat(settings(postgres, "password_encryption")).containsExactly("scram-sha-256");
            assertThat(owner(postgres, "SELECT datlocale FROM pg_database WHERE datname = 'taxon'"))
                    .isEqualTo("C.UTF-8");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("postgres"))))
                    .isEqualTo("rwx------");
            assertThatThrownBy(() -> query(postgres, postgres.ownerUser(), "wrong", "SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void bindsTheApplicationToRowLevelSecurity() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            String roles = "SELECT string_agg(rolname, ',') FROM pg_roles WHERE rolname LIKE 'taxon%' AND (rolsuper OR"
                    + " rolbypassrls OR rolcreaterole OR rolcreatedb)";
            assertThat(owner(postgres, roles)).isNull();
            assertThat(query(postgres, postgres.applicationUser(), postgres.applicationPassword(), "SELECT user"))
                    .isEqualTo("taxon_app");
            assertThatThrownBy(() -> query(
                            postgres,
                            postgres.applicationUser(),
                            postgres.applicationPassword(),
                            "CREATE TABLE intruder (word text)"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void isFoundByOthersWhileItRunsAndHasOneOwner() {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            assertThat(EmbeddedPostgres.running(data)).contains(postgres.address());
            assertThatThrownBy(() -> EmbeddedPostgres.start(data))
                    .isInstanceOf(PostgresException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
        }
        assertThat(EmbeddedPostgres.running(data)).isEmpty();
    }

    @Test
    void diesWithTheProcessThatStartedItAndComesBack() throws Exception {
        Process holder = holder();
        long server = Long.parseLong(holder.inputReader().readLine());
        assertThat(new ForeignProcess(server).runs()).isTrue();

        holder.destroyForcibly().waitFor();

        // At once, without waiting for the orphan to notice: the start ends it.
        try (EmbeddedPostgres again = EmbeddedPostgres.start(data)) {
            assertThat(new ForeignProcess(server).runs()).isFalse();
            assertThat(owner(again, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void isGoneSoonAfterAKillOfItsHolderEvenIfNobodyStartsItAgain() throws Exception {
        Process holder = holder();
        ForeignProcess server =
                new ForeignProcess(Long.parseLong(holder.inputReader().readLine()));

        holder.destroyForcibly().waitFor();

        assertThat(server.awaitEnd(Duration.ofSeconds(20))).isTrue();
    }

    private static Process holder() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(List.of(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        data.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** A process that starts the server, says its id and waits to be killed. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]));
            System.out.println(postgres.pid());
            postgres.ended().get();
        }
    }

    private static List<String> settings(EmbeddedPostgres postgres, String... names) throws SQLException {
        java.util.ArrayList<String> values = new java.util.ArrayList<>();
        for (String name : names) {
            values.add(owner(postgres, "SHOW " + name));
        }
        return values;
    }

    private static String owner(EmbeddedPostgres postgres, String sql) throws SQLException {
        return query(postgres, postgres.ownerUser(), postgres.ownerPassword(), sql);
    }

    private static String query(EmbeddedPostgres postgres, String user, String password, String sql)
            throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(postgres.jdbcUrl());
        source.setUser(user);
        source.setPassword(password);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}

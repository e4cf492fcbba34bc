package dev.taxon.serving.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The files of the database: made whole or not at all, and freed of a server that a killed process left behind. */
final class Cluster {
    private static final int ORPHAN_SECONDS = 30;

    private Cluster() {}

    static void ensure(Programs programs, PostgresFolders folders, Passwords passwords)
            throws IOException, InterruptedException {
        if (Files.isDirectory(folders.cluster())) {
            return;
        }
        Path draft = folders.root().resolve("data.new");
        Path passwordFile = folders.root().resolve("superuser.new");
        Binaries.deleteTree(draft);
        Passwords.writePrivately(passwordFile, passwords.superuser() + "\n");
        try {
            initialise(programs, draft, passwordFile);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(draft, folders.cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void initialise(Programs programs, Path draft, Path passwordFile)
            throws IOException, InterruptedException {
        List<String> arguments = List.of(
                "--pgdata=" + draft,
                "--username=" + Roles.SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C");
        Process initdb =
                programs.command("initdb", arguments).redirectErrorStream(true).start();
        String output = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (initdb.waitFor() != 0) {
            throw new PostgresException("The embedded database could not be created in " + draft.getParent() + ": "
                    + lastLine(output) + "." + programs.hint());
        }
    }

    private static String lastLine(String output) {
        return output.strip().lines().reduce((earlier, later) -> later).orElse("no reason given");
    }

    /**
     * Ends the server of a process that was killed, if there is one; the caller holds the folder's lock, so nobody else
     * can be using it.
     */
    static void endOrphan(Path cluster) throws IOException, InterruptedException {
        Optional<PostmasterFile> file = PostmasterFile.read(cluster);
        if (file.isEmpty()) {
            return;
        }
        ForeignProcess named = file.get().process();
        if (file.get().serves(cluster)) {
            end(named);
        } else if (named.runs()) {
            // The id now belongs to a process that has nothing to do with Postgres, which would believe it a server.
            Files.deleteIfExists(PostmasterFile.path(cluster));
        }
    }

    private static void end(ForeignProcess orphan) throws IOException, InterruptedException {
        Tether.to(orphan.pid(), "INT", ORPHAN_SECONDS).pull();
        if (!orphan.awaitEnd(Duration.ofSeconds(ORPHAN_SECONDS + 2L))) {
            throw new PostgresException("A database server that an earlier run left behind does not stop: end process "
                    + orphan.pid() + " and try again.");
        }
    }
}

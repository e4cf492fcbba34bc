package dev.taxon.serving.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A Postgres server of our own in a data folder: no installation, reachable from this machine alone, as durable as any
 * other. It holds the database {@code taxon} with two roles: the owner, for migrations, and the application, which is
 * bound by row-level security.
 *
 * <p>The server is a child process. It stops on {@link #close()}, and by itself a moment after this process died.
 * Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    /** How often a start is tried: a free port may be taken from under us, a crashed server's memory still be mapped. */
    private static final int ATTEMPTS = 5;

    private static final long PAUSE_MILLIS = 500;

    private final FolderLock lock;
    private final ServerProcess server;
    private final DatabaseAddress address;

    private EmbeddedPostgres(FolderLock lock, ServerProcess server, DatabaseAddress address) {
        this.lock = lock;
        this.server = server;
        this.address = address;
    }

    /**
     * Starts the server of a data folder on a free port, creating what is missing.
     *
     * @throws PostgresException when the folder is in use by another process, or the server cannot start
     */
    public static EmbeddedPostgres start(Path dataFolder) {
        return start(dataFolder, 0);
    }

    /**
     * As {@link #start(Path)}, on a port of choice, so that a server that died can come back where its clients look for
     * it.
     *
     * @param port 0 for any free one
     */
    public static EmbeddedPostgres start(Path dataFolder, int port) {
        try {
            PostgresFolders folders = PostgresFolders.in(dataFolder);
            FolderLock lock = FolderLock.tryTake(folders.lock()).orElseThrow(() -> inUse(folders));
            try {
                lock.leaveNote("process " + ProcessHandle.current().pid());
                return start(lock, folders, port);
            } catch (IOException | SQLException | InterruptedException | RuntimeException failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException | SQLException failed) {
            throw new PostgresException(
                    "The embedded database in " + dataFolder + " cannot be started: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PostgresException("The start of the embedded database was interrupted.", interrupted);
        }
    }

    private static EmbeddedPostgres start(FolderLock lock, PostgresFolders folders, int port)
            throws IOException, SQLException, InterruptedException {
        Programs programs = Programs.in(Binaries.unpackInto(folders.root()));
        Passwords passwords = Passwords.loadOrCreate(folders.passwords());
        Cluster.ensure(programs, folders, passwords);
        Cluster.endOrphan(folders.cluster());
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int chosen = port == 0 ? freePort() : port;
            ServerProcess server = ServerProcess.start(programs, folders, chosen);
            if (ready(server, folders)) {
                return open(lock, server, chosen, passwords);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new PostgresException("The embedded database in " + folders.root() + " does not start; its log "
                + folders.log() + " says why." + programs.hint());
    }

    /** Waits for a server, and ends it when the wait is cut short. */
    private static boolean ready(ServerProcess server, PostgresFolders folders)
            throws IOException, InterruptedException {
        try {
            return server.awaitReady(folders.cluster());
        } catch (IOException | InterruptedException failed) {
            server.stop();
            throw failed;
        }
    }

    private static EmbeddedPostgres open(FolderLock lock, ServerProcess server, int port, Passwords passwords)
            throws SQLException {
        try {
            Roles.ensure(port, passwords);
        } catch (SQLException failed) {
            server.stop();
            throw failed;
        }
        return new EmbeddedPostgres(
                lock, server, new DatabaseAddress(port, passwords.owner(), passwords.application()));
    }

    /** The address of the server that some process runs on a data folder; empty when none does. */
    public static Optional<DatabaseAddress> running(Path dataFolder) {
        try {
            PostgresFolders folders = PostgresFolders.in(dataFolder);
            Optional<PostmasterFile> file = PostmasterFile.read(folders.cluster())
                    .filter(PostmasterFile::ready)
                    .filter(ready -> ready.serves(folders.cluster()));
            if (file.isEmpty()) {
                return Optional.empty();
            }
            Passwords passwords = Passwords.load(folders.passwords());
            return Optional.of(new DatabaseAddress(file.get().port(), passwords.owner(), passwords.application()));
        } catch (IOException failed) {
            throw new PostgresException("The data folder " + dataFolder + " cannot be read: " + failed.getMessage());
        }
    }

    private static PostgresException inUse(PostgresFolders folders) {
        String holder;
        try {
            holder = FolderLock.noteBeside(folders.lock());
        } catch (IOException unreadable) {
            holder = "";
        }
        return new PostgresException("The database in " + folders.root() + " is in use by "
                + (holder.isEmpty() ? "another process" : holder) + "; stop it first, or name another data folder.");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public DatabaseAddress address() {
        return address;
    }

    public String jdbcUrl() {
        return address.jdbcUrl();
    }

    public String ownerUser() {
        return address.ownerUser();
    }

    public String ownerPassword() {
        return address.ownerPassword();
    }

    public String applicationUser() {
        return address.applicationUser();
    }

    public String applicationPassword() {
        return address.applicationPassword();
    }

    /** The server's process id. */
    public long pid() {
        return server.handle().pid();
    }

    /** Completes when the server has ended, in whatever way. */
    public CompletableFuture<ProcessHandle> ended() {
        return server.handle().onExit();
    }

    /** Stops the server and waits until it is gone; what was committed stays. */
    @Override
    public void close() {
        server.stop();
        try {
            lock.close();
        } catch (IOException failed) {
            throw new PostgresException("The lock of the data folder cannot be given back: " + failed.getMessage());
        }
    }
}

package dev.taxon.serving.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where the pieces of an embedded Postgres lie within a data folder. */
record PostgresFolders(Path root, Path log) {

    /** Creates the folders, closed to other users. */
    static PostgresFolders in(Path dataFolder) throws IOException {
        Path absolute = dataFolder.toAbsolutePath().normalize();
        PostgresFolders folders = new PostgresFolders(
                absolute.resolve("postgres"), absolute.resolve("logs").resolve("postgres.log"));
        Files.createDirectories(
                folders.root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return folders;
    }

    Path cluster() {
        return root.resolve("data");
    }

    Path passwords() {
        return root.resolve("passwords");
    }

    Path lock() {
        return root.resolve("lock");
    }
}

package dev.taxon.serving.dataset;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** A file that was uploaded, for a while on this machine's disk; closing deletes it. Used by one thread. */
final class UploadedFile implements AutoCloseable {
    private final Path folder;
    private final Path path;
    private boolean whole;

    private UploadedFile(Path folder, Path path) {
        this.folder = folder;
        this.path = path;
    }

    /**
     * Writes the chunks of a version to a new file, a chunk in memory at a time.
     *
     * @param scratch a folder for files of a while
     * @throws UncheckedIOException when the disk does not take it
     */
    static UploadedFile fetch(TenantTransactions transactions, ImportedVersion version, Path scratch) {
        try {
            Path folder = Files.createTempDirectory(scratch, "taxon-import");
            String name = "rows." + version.format().name().toLowerCase(Locale.ROOT);
            UploadedFile file = new UploadedFile(folder, folder.resolve(name));
            try {
                file.write(transactions, version);
                return file;
            } catch (IOException | RuntimeException failure) {
                file.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The folder for temporary files, " + scratch + ", does not take the file. Make room there.",
                    failure);
        }
    }

    private void write(TenantTransactions transactions, ImportedVersion version) throws IOException {
        DigestOutputStream out =
                new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(path)), ChunkWriter.sha256());
        try (OutputStream file = out) {
            Optional<byte[]> chunk = chunk(transactions, version, 0);
            for (int position = 1; chunk.isPresent(); position++) {
                file.write(chunk.get());
                chunk = chunk(transactions, version, position);
            }
        }
        whole = HexFormat.of().formatHex(out.getMessageDigest().digest()).equals(version.sha256());
    }

    private static Optional<byte[]> chunk(TenantTransactions transactions, ImportedVersion version, int position) {
        String select = "SELECT data FROM dataset_chunk WHERE version_id = ? AND position = ?";
        UUID id = version.id();
        return transactions.sql(
                version.tenant(), connection -> Sql.first(connection, select, row -> row.getBytes(1), id, position));
    }

    /** Whether it is what was received; chunks are missing once an import has ended. */
    boolean isWhole() {
        return whole;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
            Files.deleteIfExists(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException("The temporary folder " + folder + " cannot be deleted.", failure);
        }
    }
}

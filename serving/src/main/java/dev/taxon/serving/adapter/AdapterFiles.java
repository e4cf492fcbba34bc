package dev.taxon.serving.adapter;

import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.scratch.DiskException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Files of versions as rows of chunks: in and out piece by piece, so that none is ever whole in memory. */
@Singleton
final class AdapterFiles {
    /** What a folder may hold, in the order in which it is read. */
    static final List<String> NAMES = List.of(AdapterFolder.CONFIG, AdapterFolder.SETTINGS, AdapterFolder.WEIGHTS);

    private static final int CHUNK_BYTES = 1 << 20;

    private final TenantTransactions transactions;

    AdapterFiles(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /** Bytes of the files that a folder has. */
    static long bytes(Path folder) {
        return NAMES.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .mapToLong(file -> file.toFile().length())
                .sum();
    }

    /** Stores a folder's files, within the caller's transaction. */
    void store(UUID version, Path folder) {
        for (String name : NAMES) {
            if (Files.isRegularFile(folder.resolve(name))) {
                try (InputStream file = Files.newInputStream(folder.resolve(name))) {
                    store(version, name, file);
                } catch (IOException failure) {
                    throw new DiskException(failure);
                }
            }
        }
    }

    private void store(UUID version, String name, InputStream file) throws IOException {
        byte[] chunk = file.readNBytes(CHUNK_BYTES);
        for (int position = 0; chunk.length > 0; position++) {
            insert(version, name, position, chunk);
            chunk = file.readNBytes(CHUNK_BYTES);
        }
    }

    private void insert(UUID version, String name, int position, byte[] chunk) {
        transactions.sql(connection -> Sql.update(
                connection,
                "INSERT INTO adapter_chunk (version_id, file, position, data) VALUES (?, ?, ?, ?)",
                version,
                name,
                position,
                chunk));
    }

    /** Writes a version's files into a folder, which is made where there is none. Opens transactions of its own. */
    void write(UUID tenant, UUID version, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : names(tenant, version)) {
            try (OutputStream file = Files.newOutputStream(folder.resolve(name))) {
                copy(tenant, version, name, file);
            }
        }
    }

    /** The files that a version has; none when there is no such version. */
    List<String> names(UUID tenant, UUID version) {
        List<String> stored = transactions.sql(
                tenant,
                connection -> Sql.query(
                        connection,
                        "SELECT file FROM adapter_chunk WHERE version_id = ? AND position = 0",
                        row -> row.getString(1),
                        version));
        return NAMES.stream().filter(stored::contains).toList();
    }

    /** Copies one file, a transaction a chunk, as whoever reads may be slow. */
    void copy(UUID tenant, UUID version, String name, OutputStream out) throws IOException {
        Optional<byte[]> chunk = chunk(tenant, version, name, 0);
        for (int position = 1; chunk.isPresent(); position++) {
            out.write(chunk.get());
            chunk = chunk(tenant, version, name, position);
        }
    }

    private Optional<byte[]> chunk(UUID tenant, UUID version, String name, int position) {
        return transactions.sql(
                tenant,
                connection -> Sql.first(
                        connection,
                        "SELECT data FROM adapter_chunk WHERE version_id = ? AND file = ? AND position = ?",
                        row -> row.getBytes(1),
                        version,
                        name,
                        position));
    }
}

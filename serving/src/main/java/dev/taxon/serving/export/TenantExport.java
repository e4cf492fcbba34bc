package dev.taxon.serving.export;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a tenant's export: {@code datasets/<name>/<version>.jsonl}, {@code adapters/<name>/<version>/} with the files of
 * a PEFT folder, and {@code feedback.jsonl}. Holds no more than a piece in memory. Thread-safe.
 */
@Singleton
final class TenantExport {
    private static final UUID FIRST = new UUID(0, 0);

    private final ExportRows rows;

    TenantExport(ExportRows rows) {
        this.rows = rows;
    }

    /** Writes everything, and leaves the stream open. */
    void write(UUID tenant, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        for (ExportRows.Version version : rows.datasets(tenant)) {
            zip.putNextEntry(new ZipEntry("datasets/" + version.name() + "/" + version.number() + ".jsonl"));
            writeRows(tenant, version.id(), zip);
        }
        for (ExportRows.Version version : rows.adapters(tenant)) {
            writeAdapter(tenant, version, zip);
        }
        zip.putNextEntry(new ZipEntry("feedback.jsonl"));
        writeFeedback(tenant, zip);
        zip.finish();
    }

    private void writeRows(UUID tenant, UUID version, OutputStream out) throws IOException {
        List<ExportRows.Line<Long>> piece = rows.rows(tenant, version, -1);
        while (!piece.isEmpty()) {
            writeLines(piece, out);
            piece = rows.rows(tenant, version, piece.get(piece.size() - 1).mark());
        }
    }

    private void writeAdapter(UUID tenant, ExportRows.Version version, ZipOutputStream zip) throws IOException {
        for (String file : rows.files(tenant, version.id())) {
            zip.putNextEntry(new ZipEntry("adapters/" + version.name() + "/" + version.number() + "/" + file));
            Optional<ExportRows.Chunk> chunk = rows.chunk(tenant, version.id(), file, -1);
            while (chunk.isPresent()) {
                zip.write(chunk.get().data());
                chunk = rows.chunk(tenant, version.id(), file, chunk.get().position());
            }
        }
    }

    private void writeFeedback(UUID tenant, OutputStream out) throws IOException {
        List<ExportRows.Line<UUID>> piece = rows.feedback(tenant, FIRST);
        while (!piece.isEmpty()) {
            writeLines(piece, out);
            piece = rows.feedback(tenant, piece.get(piece.size() - 1).mark());
        }
    }

    private static <M> void writeLines(List<ExportRows.Line<M>> piece, OutputStream out) throws IOException {
        for (ExportRows.Line<M> line : piece) {
            out.write(line.json().getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        }
    }
}

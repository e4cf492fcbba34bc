package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.training.data.ColumnNames;
import dev.taxon.training.data.DataRow;
import dev.taxon.training.data.DataRows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Takes the rows of a validated file over into the database. Used by one thread, once. */
final class RowImport {
    private static final int BYTES_A_BATCH = 8 << 20;
    private static final int ROWS_A_BATCH = 10_000;

    private final TenantTransactions transactions;
    private final ImportedVersion version;
    private final ImportGuard guard;
    private CopyText batch = new CopyText();
    private long rows;
    private long stored;
    private long textBytes;

    RowImport(TenantTransactions transactions, ImportedVersion version, ImportGuard guard) {
        this.transactions = transactions;
        this.version = version;
        this.guard = guard;
    }

    /** How many rows it were. Throws {@link ImportStop} for what the database cannot hold. */
    long run(Path file) {
        try (DataRows source = DataRows.open(file, ColumnNames.FOUND)) {
            for (DataRow row = source.next(); row != null; row = source.next()) {
                // A validation that passed has none that is not labelled.
                add((DataRow.Labelled) row);
                if (batch.size() >= BYTES_A_BATCH || rows - stored >= ROWS_A_BATCH) {
                    store();
                }
            }
        }
        store();
        return rows;
    }

    private void add(DataRow.Labelled row) {
        rows++;
        textBytes += row.text().getBytes(StandardCharsets.UTF_8).length;
        guard.textBytes(textBytes);
        batch.number(rows)
                .bytes(RowDigest.of(row))
                .text(row.text())
                .texts(row.trueLabels())
                .texts(row.allLabels())
                .endRow();
    }

    private void store() {
        guard.rows(rows);
        if (rows > stored && !RowBatch.store(transactions, version, batch.toBytes())) {
            throw new ImportStop(ErrorCode.CONFLICT, "The version was deleted while it was read.");
        }
        batch = new CopyText();
        stored = rows;
    }
}

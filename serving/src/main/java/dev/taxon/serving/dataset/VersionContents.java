package dev.taxon.serving.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.taxon.sdk.wire.DatasetReport;
import dev.taxon.sdk.wire.DatasetRow;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Page;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.http.ProblemException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is in a version: its rows, and what was found of them. Each method is a transaction of its own. Thread-safe. */
@Singleton
final class VersionContents {
    /** Where a page ends before its limit. */
    private static final long CHARACTERS_A_PAGE = 4_000_000;

    private final TenantTransactions transactions;
    private final DatasetFinder finder;

    VersionContents(TenantTransactions transactions, DatasetFinder finder) {
        this.transactions = transactions;
        this.finder = finder;
    }

    DatasetReport report(UUID tenant, String dataset, int number) {
        return parse(transactions.in(tenant, () -> {
            DatasetVersionEntity version = finder.requireVersion(dataset, number);
            String select = "SELECT report FROM dataset_version WHERE id = ? AND report IS NOT NULL";
            return transactions
                    .sql(connection -> Sql.first(connection, select, row -> row.getString(1), version.id))
                    .orElseThrow(() -> noReport(version));
        }));
    }

    private static ProblemException noReport(DatasetVersionEntity version) {
        return DatasetFinder.isUnread(version)
                ? ProblemException.untilLater(
                        "There is no report yet: the file is still to be read. Try again in a while.")
                : new ProblemException(
                        ErrorCode.CONFLICT,
                        "There is no report: the file could not be read. GET the version to see why.");
    }

    private static DatasetReport parse(String json) {
        try {
            return WireJson.read(json, DatasetReport.class);
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException("A stored report cannot be read.", notOurs);
        }
    }

    Page<DatasetRow> rows(UUID tenant, String dataset, int number, PageRequest page) {
        long after = page.afterNumber();
        List<StoredRow> found = new ArrayList<>();
        boolean whole = transactions.in(tenant, () -> {
            UUID version = finder.requireReady(dataset, number).id;
            return transactions.sql(connection -> {
                PageFilling filling = new PageFilling(found, page.limit());
                RowCursor.read(connection, version, after, page.limit() + 1, filling::take);
                return filling.tookAll;
            });
        });
        return new Page<>(found.stream().map(StoredRow::row).toList(), whole ? null : mark(found));
    }

    private static @Nullable String mark(List<StoredRow> rows) {
        return Long.toString(rows.get(rows.size() - 1).position());
    }

    /** Fills a page until it has its rows, or its characters. */
    private static final class PageFilling {
        private final List<StoredRow> rows;
        private final int most;
        private long characters;
        private boolean tookAll = true;

        PageFilling(List<StoredRow> rows, int most) {
            this.rows = rows;
            this.most = most;
        }

        boolean take(StoredRow row) {
            characters += row.row().text().length();
            boolean fits = rows.size() < most && (rows.isEmpty() || characters <= CHARACTERS_A_PAGE);
            if (fits) {
                rows.add(row);
            }
            tookAll = fits;
            return fits;
        }
    }
}

package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.DatasetReport;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.config.LimitSettings;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.training.data.DataException;
import dev.taxon.training.data.validation.DataPart;
import dev.taxon.training.data.validation.DataValidation;
import dev.taxon.training.data.validation.Role;
import dev.taxon.training.data.validation.ValidationListener;
import dev.taxon.training.data.validation.ValidationOptions;
import dev.taxon.training.data.validation.ValidationReport;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Reads an uploaded file into its version: chunks to a file, validation, rows. Thread-safe. */
@Singleton
public final class DatasetImport {
    private final TenantTransactions transactions;
    private final ImportStates states;
    private final RowRemoval removal;
    private final ImportLimits limits;
    private final Path scratch;

    @Inject
    DatasetImport(TenantTransactions transactions, ImportStates states, RowRemoval removal, LimitSettings limits) {
        this(transactions, states, removal, ImportLimits.of(limits), Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** As above, with limits of its own and the folder for files of a while. */
    DatasetImport(
            TenantTransactions transactions,
            ImportStates states,
            RowRemoval removal,
            ImportLimits limits,
            Path scratch) {
        this.transactions = transactions;
        this.states = states;
        this.removal = removal;
        this.limits = limits;
        this.scratch = scratch;
    }

    /**
     * Imports a version; several workers may, one after the other or at once, and come to the same. A version that was
     * imported before is left as it is.
     *
     * @param cancelled asked every few hundred rows; true refuses the version
     * @throws java.io.UncheckedIOException when this machine's disk does not do its part, so that it can be tried again
     */
    public ImportOutcome run(UUID tenant, UUID version, BooleanSupplier cancelled) {
        return run(tenant, version, scratch, cancelled);
    }

    /**
     * As above.
     *
     * @param folder where the file is put for a while; who gives it sees to its end when this process is killed
     */
    public ImportOutcome run(UUID tenant, UUID version, Path folder, BooleanSupplier cancelled) {
        ImportStates.Found found = states.begin(tenant, version);
        ImportOutcome outcome = found instanceof ImportStates.Found.Waiting waiting
                ? run(waiting.version(), folder, new ImportGuard(limits, cancelled))
                : ((ImportStates.Found.Ended) found).outcome();
        return cleared(tenant, version, outcome);
    }

    /** Refuses a version that nobody reads any more; one whose import has ended stays as it is. Needs no disk. */
    public void giveUp(UUID tenant, UUID version, Problem why) {
        ImportStates.Found found = states.begin(tenant, version);
        cleared(
                tenant,
                version,
                found instanceof ImportStates.Found.Waiting waiting
                        ? states.refused(waiting.version(), null, why)
                        : ((ImportStates.Found.Ended) found).outcome());
    }

    private ImportOutcome cleared(UUID tenant, UUID version, ImportOutcome outcome) {
        if (outcome instanceof ImportOutcome.Refused) {
            // Also those that a worker left which died right after it had refused the version.
            removal.of(tenant, version);
        }
        return outcome;
    }

    private ImportOutcome run(ImportedVersion version, Path folder, ImportGuard guard) {
        try {
            guard.rows(0);
            return read(version, folder, guard);
        } catch (ImportStop stop) {
            return states.refused(version, null, stop.problem());
        }
    }

    private ImportOutcome read(ImportedVersion version, Path folder, ImportGuard guard) {
        try (UploadedFile file = UploadedFile.fetch(transactions, version, folder)) {
            if (!file.isWhole()) {
                // Another worker was faster, and has deleted the chunks.
                return states.outcome(version);
            }
            ValidationReport report = validate(file.path(), guard);
            return report.passed()
                    ? store(version, file.path(), ReportView.of(report), guard)
                    : states.refused(version, ReportView.of(report), ReportView.problem(report));
        }
    }

    private static ValidationReport validate(Path file, ImportGuard guard) {
        ValidationListener listener = new ValidationListener() {
            @Override
            public void read(long rows) {
                guard.rows(rows);
            }

            @Override
            public void validated(long rows, long total) {}
        };
        try {
            return DataValidation.of(List.of(new DataPart(Role.TRAIN, file)), ValidationOptions.defaults(), listener);
        } catch (DataException unreadable) {
            throw UnreadableFile.stop(unreadable, file);
        }
    }

    private ImportOutcome store(ImportedVersion version, Path file, DatasetReport report, ImportGuard guard) {
        long rows = new RowImport(transactions, version, guard).run(file);
        return states.ready(version, rows, report);
    }
}

package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.ErrorCode;
import java.util.function.BooleanSupplier;

/** Ends an import that is no longer wanted, or whose file holds more than its size says. */
final class ImportGuard {
    private final ImportLimits limits;
    private final BooleanSupplier cancelled;

    ImportGuard(ImportLimits limits, BooleanSupplier cancelled) {
        this.limits = limits;
        this.cancelled = cancelled;
    }

    /** So many rows so far. */
    void rows(long rows) {
        if (cancelled.getAsBoolean()) {
            throw new ImportStop(ErrorCode.CONFLICT, "Reading the file was cancelled. Upload it again.");
        }
        if (rows > limits.rows()) {
            throw new ImportStop(
                    ErrorCode.INVALID_REQUEST,
                    "The file has more than " + limits.rows() + " rows. Upload it in several versions.");
        }
    }

    /** So many bytes of text so far; packed columns may hold more than their file. */
    void textBytes(long bytes) {
        if (bytes > limits.textBytes()) {
            throw new ImportStop(
                    ErrorCode.INVALID_REQUEST,
                    "The texts of the file exceed " + limits.textBytes() + " bytes. Upload it in several versions.");
        }
    }
}

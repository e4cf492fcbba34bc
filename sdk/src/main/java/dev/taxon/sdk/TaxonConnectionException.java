package dev.taxon.sdk;

import org.jspecify.annotations.Nullable;

/** No answer came: the connection failed or the caller was interrupted. */
public final class TaxonConnectionException extends TaxonException {

    private static final long serialVersionUID = 1L;

    TaxonConnectionException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}

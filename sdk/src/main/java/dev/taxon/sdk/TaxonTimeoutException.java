package dev.taxon.sdk;

import org.jspecify.annotations.Nullable;

/** No answer came in time: the timeout of an attempt passed, or the server said 408. */
public final class TaxonTimeoutException extends TaxonException {

    private static final long serialVersionUID = 1L;

    TaxonTimeoutException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}

package dev.taxon.sdk;

/** The node is too busy, or the deadline passed: 503. */
public final class OverloadedException extends TaxonException {

    private static final long serialVersionUID = 1L;

    OverloadedException(Failure failure) {
        super(failure, null);
    }
}

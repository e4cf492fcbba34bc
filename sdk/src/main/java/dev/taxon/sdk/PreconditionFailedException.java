package dev.taxon.sdk;

/** Changed since it was read: 412. */
public final class PreconditionFailedException extends TaxonException {

    private static final long serialVersionUID = 1L;

    PreconditionFailedException(Failure failure) {
        super(failure, null);
    }
}

package dev.taxon.sdk;

/** In conflict with what is there: 409. */
public final class ConflictException extends TaxonException {

    private static final long serialVersionUID = 1L;

    ConflictException(Failure failure) {
        super(failure, null);
    }
}

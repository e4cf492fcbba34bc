package dev.taxon.sdk;

/** There is no such thing, or not for this tenant: 404. */
public final class NotFoundException extends TaxonException {

    private static final long serialVersionUID = 1L;

    NotFoundException(Failure failure) {
        super(failure, null);
    }
}

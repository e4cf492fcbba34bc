package dev.taxon.sdk;

/** The key may not do this: 403. */
public final class PermissionException extends TaxonException {

    private static final long serialVersionUID = 1L;

    PermissionException(Failure failure) {
        super(failure, null);
    }
}

package dev.taxon.sdk;

/** The key is missing or not known: 401. */
public final class AuthenticationException extends TaxonException {

    private static final long serialVersionUID = 1L;

    AuthenticationException(Failure failure) {
        super(failure, null);
    }
}

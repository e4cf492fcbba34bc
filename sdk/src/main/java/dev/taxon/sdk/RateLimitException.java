package dev.taxon.sdk;

/** The tenant's quota is used up for now: 429. */
public final class RateLimitException extends TaxonException {

    private static final long serialVersionUID = 1L;

    RateLimitException(Failure failure) {
        super(failure, null);
    }
}

package dev.taxon.sdk;

/** The request is wrong and will stay wrong: 400, and the 4xx without a class of their own. */
public final class BadRequestException extends TaxonException {

    private static final long serialVersionUID = 1L;

    BadRequestException(Failure failure) {
        super(failure, null);
    }
}

package dev.taxon.sdk;

/** The server failed, or gave an answer that cannot be read. */
public final class ServerException extends TaxonException {

    private static final long serialVersionUID = 1L;

    ServerException(Failure failure) {
        super(failure, null);
    }
}

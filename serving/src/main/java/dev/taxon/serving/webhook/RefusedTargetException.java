package dev.taxon.serving.webhook;

/** Nothing may be posted to this URL; the message says why, and what to do. */
final class RefusedTargetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedTargetException(String message) {
        super(message, null, false, false);
    }
}

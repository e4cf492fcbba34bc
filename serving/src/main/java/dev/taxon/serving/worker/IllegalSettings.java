package dev.taxon.serving.worker;

/** What was asked for makes no sense for the data that it was asked for; the message says what to change. */
final class IllegalSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IllegalSettings(String message) {
        super(message, null, false, false);
    }
}

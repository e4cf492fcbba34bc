package dev.taxon.cli.console;

/** A command was asked for what makes no sense; the message is the one line that the user reads. Exit status 2. */
public final class WrongUse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WrongUse(String message) {
        super(message);
    }

    public WrongUse(String message, Throwable cause) {
        super(message, cause);
    }
}

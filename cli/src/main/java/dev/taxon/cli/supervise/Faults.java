package dev.taxon.cli.supervise;

/** What went wrong, in the words there are. */
final class Faults {
    private Faults() {}

    /** The message, or the kind of the fault when it came without one. */
    static String reason(Throwable fault) {
        String message = fault.getMessage();
        return message == null || message.isBlank() ? fault.getClass().getSimpleName() : message;
    }
}

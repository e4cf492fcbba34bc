package dev.taxon.training.data;

/** One row cannot be used, but those after it can be read; the message goes on from the row's place. */
final class UnusableRow extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableRow(String message) {
        super(message);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}

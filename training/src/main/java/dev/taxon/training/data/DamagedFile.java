package dev.taxon.training.data;

import java.io.IOException;

/** A file cannot be read on; the message is the reason in words for the user, without contents. */
final class DamagedFile extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedFile(String message) {
        super(message);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}

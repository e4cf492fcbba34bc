package dev.taxon.serving.worker;

/** Leads out of work that was asked to stop. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StoppedException() {
        super("asked to stop", null, false, false);
    }

    static void throwIf(Heart heart) {
        if (heart.signal().requested()) {
            throw new StoppedException();
        }
    }
}

package dev.taxon.serving.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;

/** This machine's own disk is full, or does not do its part; no caller sent anything wrong, and later it may do. */
public final class DiskException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    /** What the disk failed with. */
    public DiskException(IOException cause) {
        super("The disk did not do its part.", cause);
    }
}

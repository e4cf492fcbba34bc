package dev.taxon.core;

/** A model cannot run here, or not where or as it was asked to; the message is one sentence for the user, with what to do instead. */
public final class DeviceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeviceException(String message) {
        super(message);
    }

    public DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}

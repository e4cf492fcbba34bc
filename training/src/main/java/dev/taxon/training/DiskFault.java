package dev.taxon.training;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** What a disk or file system answered, as messages for users say it. */
public final class DiskFault {
    private DiskFault() {}

    /** Some words without a full stop, such as {@code no space left on device}; never a path. */
    public static String reason(Throwable fault) {
        Throwable cause = fault.getCause();
        if (!(fault instanceof IOException)) {
            return cause == null ? named(fault) : reason(cause);
        }
        if (fault instanceof NoSuchFileException) {
            return "a file is not there";
        }
        if (fault instanceof AccessDeniedException) {
            return "access is denied";
        }
        String said = fault instanceof FileSystemException system ? system.getReason() : fault.getMessage();
        return said == null || said.isBlank() ? named(fault) : decapitalized(said);
    }

    /** Whether a disk or file system is at the bottom of a failure. */
    public static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private static String named(Throwable fault) {
        return fault.getClass().getSimpleName();
    }

    private static String decapitalized(String said) {
        return said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1);
    }
}

package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.training.data.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Files that cannot be read to their end, in words for those who sent them. */
final class UnreadableFile {
    private UnreadableFile() {}

    /**
     * Why the version is refused.
     *
     * @param file whose name on this machine is nobody's business
     * @throws UncheckedIOException when it is the disk that fails, not the file
     */
    static ImportStop stop(DataException failure, Path file) {
        if (failure.getCause() instanceof IOException cause && !isOfTheFile(cause)) {
            throw new UncheckedIOException("The temporary file cannot be read.", cause);
        }
        String message = String.valueOf(failure.getMessage())
                .replace("The data file " + file, "The file")
                .replace(file + ", ", "The file's ")
                .replace(file.toString(), "the file");
        return new ImportStop(ErrorCode.INVALID_REQUEST, Wording.of(message) + " Upload a corrected file.");
    }

    private static boolean isOfTheFile(IOException cause) {
        return cause instanceof EOFException
                || cause instanceof ZipException
                || cause instanceof CharacterCodingException;
    }
}

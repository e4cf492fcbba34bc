package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.http.BodyLimit;
import dev.taxon.serving.http.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The body of an upload, refused as soon as it is known to be none: empty, too long, or packed. */
final class UploadBody {
    private static final int BUFFER = 1 << 16;
    private static final int GZIP = 0x1f8b;

    private final InputStream body;
    private final BodyLimit limit;

    UploadBody(InputStream body, BodyLimit limit) {
        this.body = body;
        this.limit = limit;
    }

    void transferTo(OutputStream file) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int read = body.readNBytes(buffer, 0, BUFFER);
        checkStart(buffer, read);
        long bytes = 0;
        while (read > 0) {
            bytes += read;
            limit.check(bytes);
            file.write(buffer, 0, read);
            read = Math.max(0, body.read(buffer, 0, BUFFER));
        }
    }

    private static void checkStart(byte[] start, int length) {
        if (length == 0) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "The body is empty. Send a file of labelled rows.");
        }
        // A small file may unpack to more than there is room for anywhere.
        if (length > 1 && (Byte.toUnsignedInt(start[0]) << Byte.SIZE | Byte.toUnsignedInt(start[1])) == GZIP) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "The body is packed with gzip. Send it unpacked.");
        }
    }
}

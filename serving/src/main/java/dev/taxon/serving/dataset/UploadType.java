package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.DatasetFormat;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.http.ProblemException;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** What an upload says that it is. */
final class UploadType {
    private UploadType() {}

    static DatasetFormat format(@Nullable String contentType) {
        if (contentType == null) {
            throw unsupported("Name the file's type in 'Content-Type': application/jsonl, text/csv or"
                    + " application/vnd.apache.parquet.");
        }
        MediaType type = MediaType.valueOf(contentType);
        String charset = type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8");
        if (!charset.equalsIgnoreCase("utf-8")) {
            throw unsupported("The file is in another encoding than UTF-8. Convert it.");
        }
        return DatasetFormat.ofMediaType(type.getType() + "/" + type.getSubtype())
                .orElseThrow(
                        () -> unsupported("Files are application/jsonl, text/csv or application/vnd.apache.parquet."));
    }

    private static ProblemException unsupported(String detail) {
        return new ProblemException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, detail);
    }
}

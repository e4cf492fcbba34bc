package dev.taxon.serving.batching;

import dev.taxon.core.Classification;
import dev.taxon.core.WindowPieces;
import dev.taxon.core.prompt.EncodedInput;
import java.util.List;

/** The rows of one request as the device gets them: long texts in pieces, so that none of them holds it for long. */
record RequestPieces(List<WindowPieces> rows) {

    static RequestPieces of(List<EncodedInput> rows, int mostWindows) {
        return new RequestPieces(
                rows.stream().map(row -> WindowPieces.of(row, mostWindows)).toList());
    }

    /** Row after row. */
    List<EncodedInput> pieces() {
        return rows.stream().flatMap(row -> row.pieces().stream()).toList();
    }

    /** A classification for each row, of those of all pieces in their order. */
    List<Classification> joined(List<Classification> pieces) {
        return WindowPieces.joined(rows, pieces);
    }
}

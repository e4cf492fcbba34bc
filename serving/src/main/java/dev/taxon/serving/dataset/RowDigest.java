package dev.taxon.serving.dataset;

import dev.taxon.training.data.DataRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** What makes two rows the same: SHA-256 over text, true labels and labels offered, each after its length. */
final class RowDigest {
    private final MessageDigest digest = ChunkWriter.sha256();

    private RowDigest() {}

    static byte[] of(DataRow.Labelled row) {
        RowDigest digest = new RowDigest();
        digest.add(row.text());
        digest.add(row.trueLabels());
        List<String> all = row.allLabels();
        if (all != null) {
            digest.add(all);
        }
        return digest.digest.digest();
    }

    private void add(List<String> values) {
        length(values.size());
        values.forEach(this::add);
    }

    private void add(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        length(bytes.length);
        digest.update(bytes);
    }

    private void length(int value) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(value).flip());
    }
}

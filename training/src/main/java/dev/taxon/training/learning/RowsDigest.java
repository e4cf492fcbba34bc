package dev.taxon.training.learning;

import dev.taxon.core.checkpoint.ContentDigest;
import dev.taxon.training.data.Example;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Knows rows by their content and order: SHA-256, of which no two sequences of rows have the same. Not thread-safe. */
public final class RowsDigest {
    private final ContentDigest digest = new ContentDigest();

    /** Adds texts, candidates and true labels. */
    public RowsDigest examples(List<Example> examples) {
        for (Example example : examples) {
            part(example.text());
            part(example.allLabels());
            part(example.trueLabels());
        }
        return this;
    }

    /** Adds labels, in this order. */
    public RowsDigest part(List<String> labels) {
        return part(String.join("\n", labels));
    }

    /** Adds a word. */
    public RowsDigest part(String text) {
        digest.part(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** The digest of all that was added. */
    public String hexadecimal() {
        return digest.hexadecimal();
    }
}

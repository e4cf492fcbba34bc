package dev.taxon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Data files for tests; the fake classifier's logit of a label is how often its first letter is in the text. */
final class LabelledRows {
    private LabelledRows() {}

    static Path write(Path folder, String... rows) throws IOException {
        return Files.writeString(folder.resolve("rows.jsonl"), String.join("\n", rows) + "\n");
    }

    /** A row of the labels a and b. */
    static String row(String text, String trueLabels) {
        return "{\"text\":\"%s\",\"all_labels\":[\"a\",\"b\"],\"true_labels\":[%s]}".formatted(text, trueLabels);
    }
}

package dev.taxon.core.prompt;

import java.util.ArrayList;
import java.util.List;

/** Cuts a label set that would leave a text no room into chunks, each of which is read beside the text for itself. */
final class LabelChunks {
    private LabelChunks() {}

    /** Tokens of labels with their marks. */
    static int tokens(List<TokenIds> labels) {
        return (int) Math.min(
                Integer.MAX_VALUE,
                labels.stream().mapToLong(label -> label.length() + 1L).sum());
    }

    /**
     * The labels in chunks, in order.
     *
     * @param room the most tokens of a chunk, marks included; a label that takes more is a chunk of its own
     */
    static List<List<TokenIds>> of(List<TokenIds> labels, int room) {
        List<List<TokenIds>> chunks = new ArrayList<>();
        int start = 0;
        int taken = 0;
        for (int label = 0; label < labels.size(); label++) {
            int length = labels.get(label).length() + 1;
            if (label > start && taken + length > room) {
                chunks.add(labels.subList(start, label));
                start = label;
                taken = 0;
            }
            taken += length;
        }
        chunks.add(labels.subList(start, labels.size()));
        return chunks;
    }
}

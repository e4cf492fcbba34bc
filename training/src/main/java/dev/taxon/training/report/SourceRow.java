package dev.taxon.training.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a scored row came from.
 *
 * @param number of the row in its data, from 1
 * @param text the owner's text
 */
public record SourceRow(long number, String text) {

    /** Rows numbered as they stand. */
    public static List<SourceRow> numbered(List<String> texts) {
        return IntStream.range(0, texts.size())
                .mapToObj(row -> new SourceRow(row + 1L, texts.get(row)))
                .toList();
    }

    /** Without the text, which is its owner's. */
    @Override
    public String toString() {
        return "SourceRow[%d, %d characters]".formatted(number, text.length());
    }
}

package dev.taxon.core.model;

import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.TokenIds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The labels of a batch, each once, and which of them each label of each row is.
 *
 * @param index [M] numbers into {@code labels}, row after row
 */
record DistinctLabels(List<TokenIds> labels, long[] index) {

    /** The labels of the rows in the order given by their numbers. */
    static DistinctLabels of(List<EncodedInput> rows, int[] order) {
        Map<TokenIds, Integer> numbers = new LinkedHashMap<>();
        LongStream.Builder index = LongStream.builder();
        for (int row : order) {
            for (TokenIds label : rows.get(row).labels()) {
                index.add(numbers.computeIfAbsent(label, unseen -> numbers.size()));
            }
        }
        return new DistinctLabels(List.copyOf(numbers.keySet()), index.build().toArray());
    }
}

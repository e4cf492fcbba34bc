package dev.taxon.core.model;

import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.TokenIds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels of a batch, each once, and which of them stands at each position of each row.
 *
 * @param index [rows * width] numbers into {@code labels}; 0 beyond a row's own labels
 */
record DistinctLabels(List<TokenIds> labels, LabelGrid grid, long[] index) {

    static DistinctLabels of(List<EncodedInput> rows) {
        LabelGrid grid =
                new LabelGrid(rows.stream().mapToInt(row -> row.labels().size()).toArray());
        long[] index = new long[grid.rows() * grid.width()];
        Map<TokenIds, Integer> numbers = new LinkedHashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            List<TokenIds> labels = rows.get(row).labels();
            for (int position = 0; position < labels.size(); position++) {
                index[grid.cell(row, position)] =
                        numbers.computeIfAbsent(labels.get(position), unseen -> numbers.size());
            }
        }
        return new DistinctLabels(List.copyOf(numbers.keySet()), grid, index);
    }
}

package dev.taxon.core.model;

import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.torch.PackedRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The labels of a batch, each once under each adapter, and which of them each label of each row is.
 *
 * @param index [M] numbers into {@code labels}, row after row, the filler's last
 */
record DistinctLabels(List<LabelKey> labels, long[] index) {

    /** The labels of rows as they are packed. */
    static DistinctLabels of(List<Row> rows, PackedRows packed) {
        Map<LabelKey, Integer> numbers = new LinkedHashMap<>();
        LongStream.Builder index = LongStream.builder();
        for (int row : packed.order()) {
            for (TokenIds label : rows.get(row).encoded().labels()) {
                LabelKey key = new LabelKey(rows.get(row).digest(), label);
                index.add(numbers.computeIfAbsent(key, unseen -> numbers.size()));
            }
        }
        for (int label = 0; label < packed.filler().labels(); label++) {
            index.add(0);
        }
        return new DistinctLabels(List.copyOf(numbers.keySet()), index.build().toArray());
    }
}

package dev.taxon.training.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.taxon.core.checkpoint.Layout;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.model.JointInputs;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.torch.PackedRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Rows as the {@code scores} of a layout takes them ({@code scoring.py}). */
record LayoutInputs(ModelConfig config) {

    /** The name of the layout's source. */
    String source() {
        return config.layout() instanceof Layout.Joint ? "joint_scoring" : "late_mixing_scoring";
    }

    static PackedRows packed(List<EncodedRow> rows) {
        return PackedRows.of(
                rows.stream().map(EncodedRow::text).toList(),
                rows.stream().mapToInt(EncodedRow::labelCount).toArray());
    }

    /** The arguments, owned by the manager. */
    NDArray[] of(List<EncodedRow> rows, PackedRows packed, NDManager manager) {
        return config.layout() instanceof Layout.Joint joint
                ? JointInputs.of(rows, packed, joint, manager)
                : lateMixing(rows, packed, manager);
    }

    private NDArray[] lateMixing(List<EncodedRow> rows, PackedRows texts, NDManager manager) {
        Map<TokenIds, Integer> distinct = new LinkedHashMap<>();
        for (EncodedRow row : rows) {
            row.labels().forEach(label -> distinct.putIfAbsent(label, distinct.size()));
        }
        int place = config.encoder().padTokenId();
        PackedRows labels = PackedRows.of(
                distinct.keySet().stream().map(label -> label.after(place)).toList());
        return new NDArray[] {
            texts.ids(manager),
            texts.positions(manager),
            texts.groups(manager),
            labels.ids(manager),
            labels.positions(manager),
            labels.groups(manager),
            manager.create(labelNumbers(rows, texts, distinct, labels.ranks())),
            texts.labelRows(manager)
        };
    }

    private static long[] labelNumbers(
            List<EncodedRow> rows, PackedRows texts, Map<TokenIds, Integer> distinct, int[] ranks) {
        LongStream.Builder numbers = LongStream.builder();
        for (int row : texts.order()) {
            rows.get(row).labels().forEach(label -> numbers.add(ranks[distinct.getOrDefault(label, 0)]));
        }
        for (int label = 0; label < texts.filler().labels(); label++) {
            numbers.add(0);
        }
        return numbers.build().toArray();
    }
}

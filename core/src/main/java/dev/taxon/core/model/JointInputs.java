package dev.taxon.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.taxon.core.checkpoint.Layout;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.torch.HostTable;
import dev.taxon.core.torch.PackedRows;
import java.util.List;

/** Rows of the joint layout as {@code joint.py} takes them. */
public final class JointInputs {
    private JointInputs() {}

    /**
     * The arguments of {@code score}, owned by the manager.
     *
     * @param rows in the order in which they were packed
     */
    public static NDArray[] of(List<EncodedRow> rows, PackedRows packed, Layout.Joint layout, NDManager manager) {
        JointPlaces places = places(rows, packed, layout);
        return new NDArray[] {
            packed.ids(manager),
            packed.positions(manager),
            packed.groups(manager),
            packed.labelRows(manager),
            manager.create(places.read()),
            manager.create(places.labelTokens()),
            manager.create(places.labelNumbers()),
            HostTable.of(places.texts(), 3, manager),
            manager.create(places.segments())
        };
    }

    private static JointPlaces places(List<EncodedRow> rows, PackedRows packed, Layout.Joint layout) {
        JointPlaces.Collector collector = new JointPlaces.Collector(layout);
        int[] order = packed.order();
        long[] starts = packed.starts();
        for (int rank = 0; rank < order.length; rank++) {
            collector.add(rows.get(order[rank]), starts[rank]);
        }
        collector.addFiller(packed.filler(), starts[order.length]);
        return collector.places();
    }
}

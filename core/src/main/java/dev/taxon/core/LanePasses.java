package dev.taxon.core;

import dev.taxon.core.batch.AdapterRuns;
import dev.taxon.core.batch.BatchPlanner;
import dev.taxon.core.batch.EvenParts;
import dev.taxon.core.model.Row;
import dev.taxon.core.model.ScoringModel;
import dev.taxon.core.torch.DeviceLanes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Rows through a model, pass after pass, the rows of a pass dealt to the lanes of the device. Thread-safe. Owns neither the
 * lanes nor the model.
 *
 * @param planner which rows one pass takes: an input that is read in windows has more rows than one may
 */
record LanePasses(BatchPlanner planner, DeviceLanes device, ScoringModel model) {

    /** The logits of each row, in the rows' order. Blocks; to be called outside of the lanes. */
    List<float[]> logits(List<Row> rows) {
        List<int[]> batches = planner.plan(positions(rows), runs(rows));
        List<List<float[]>> scored = new ArrayList<>();
        for (int[] batch : batches) {
            scored.add(pass(chosen(rows, batch)));
        }
        return inOrder(batches, scored, rows.size());
    }

    private List<float[]> pass(List<Row> rows) {
        if (!model.holds(rows)) {
            device.call(() -> {
                model.prepare(rows);
                return true;
            });
        }
        List<int[]> parts = EvenParts.of(positions(rows), runs(rows), device.count());
        List<Supplier<List<float[]>>> passes = parts.stream()
                .map(part -> chosen(rows, part))
                .map(part -> (Supplier<List<float[]>>) () -> model.logits(part))
                .toList();
        return inOrder(parts, device.callAll(passes), rows.size());
    }

    private static List<Row> chosen(List<Row> rows, int[] places) {
        return Arrays.stream(places).mapToObj(rows::get).toList();
    }

    private static int[] positions(List<Row> rows) {
        return rows.stream().mapToInt(row -> row.encoded().positions()).toArray();
    }

    private static AdapterRuns runs(List<Row> rows) {
        return AdapterRuns.of(rows.stream().map(Row::digest).toList());
    }

    /** What was scored in parts, each row's in the place that it came from. */
    private static List<float[]> inOrder(List<int[]> parts, List<List<float[]>> scored, int rows) {
        float[][] logits = new float[rows][];
        for (int part = 0; part < parts.size(); part++) {
            int[] places = parts.get(part);
            for (int i = 0; i < places.length; i++) {
                logits[places[i]] = scored.get(part).get(i);
            }
        }
        return List.of(logits);
    }
}

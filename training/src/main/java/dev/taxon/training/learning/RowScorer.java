package dev.taxon.training.learning;

import dev.taxon.core.batch.TokenBudgetPlanner;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.training.data.Example;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingException;
import dev.taxon.training.step.AdapterTrainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Logits of rows under the adapter that a trainer has at the time. Used by one thread. */
public final class RowScorer {
    private static final int TOKENS = 4096;
    private static final int ROWS = 64;

    private final AdapterTrainer trainer;
    private final RowEncoder encoder;
    private final List<Example> rows;
    private final IntFunction<String> place;
    private final TokenBudgetPlanner planner = new TokenBudgetPlanner(TOKENS, ROWS);

    /**
     * A scorer of some rows, which have numbers from 0.
     *
     * @param place where the row of a number stands, for messages
     */
    public RowScorer(AdapterTrainer trainer, RowEncoder encoder, List<Example> rows, IntFunction<String> place) {
        this.trainer = trainer;
        this.encoder = encoder;
        this.rows = rows;
        this.place = place;
    }

    /** The rows of some numbers. */
    public List<Example> examples(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(rows::get).toList();
    }

    /** Logits of the labels of rows, in their order [numbers][labels]; empty when asked to stop meanwhile. */
    public Optional<List<float[]>> score(int[] numbers, StopSignal stop) {
        List<EncodedRow> encoded = new ArrayList<>();
        int[] counts = new int[numbers.length];
        for (int i = 0; i < counts.length; i++) {
            if (stop.requested()) {
                return Optional.empty();
            }
            Example example = rows.get(numbers[i]);
            List<EncodedRow> own =
                    encoder.encode(new PlacedRow(place.apply(numbers[i]), example.text(), example.allLabels()));
            counts[i] = own.size();
            encoded.addAll(own);
        }
        return logits(encoded, stop).map(logits -> joined(logits, counts));
    }

    private Optional<float[][]> logits(List<EncodedRow> encoded, StopSignal stop) {
        float[][] logits = new float[encoded.size()][];
        for (int[] batch :
                planner.plan(encoded.stream().mapToInt(EncodedRow::positions).toArray())) {
            if (stop.requested()) {
                return Optional.empty();
            }
            List<float[]> scored =
                    trainer.score(Arrays.stream(batch).mapToObj(encoded::get).toList());
            for (int i = 0; i < batch.length; i++) {
                logits[batch[i]] = finite(scored.get(i));
            }
        }
        return Optional.of(logits);
    }

    private static float[] finite(float[] logits) {
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new TrainingException(
                        "The model scores a row with values that are not finite; try --precision fp32,"
                                + " or lower learning rates where an adapter made it so.");
            }
        }
        return logits;
    }

    /** The chunks of each example's labels, one after the other. */
    private static List<float[]> joined(float[][] logits, int[] counts) {
        List<float[]> joined = new ArrayList<>(counts.length);
        int next = 0;
        for (int count : counts) {
            int size = Arrays.stream(logits, next, next + count)
                    .mapToInt(chunk -> chunk.length)
                    .sum();
            float[] whole = new float[size];
            int filled = 0;
            for (int chunk = next; chunk < next + count; chunk++) {
                System.arraycopy(logits[chunk], 0, whole, filled, logits[chunk].length);
                filled += logits[chunk].length;
            }
            joined.add(whole);
            next += count;
        }
        return joined;
    }
}

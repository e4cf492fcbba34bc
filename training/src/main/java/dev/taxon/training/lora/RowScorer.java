package dev.taxon.training.lora;

import dev.taxon.core.InputException;
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

/** Logits of examples under the adapter that a trainer has at the time. */
final class RowScorer {
    private static final int TOKENS = 4096;
    private static final int ROWS = 64;

    private final AdapterTrainer trainer;
    private final RowEncoder encoder;
    private final TokenBudgetPlanner planner = new TokenBudgetPlanner(TOKENS, ROWS);

    RowScorer(AdapterTrainer trainer, RowEncoder encoder) {
        this.trainer = trainer;
        this.encoder = encoder;
    }

    /** Logits of each example's labels, in their order [examples][labels]; empty when asked to stop meanwhile. */
    Optional<List<float[]>> score(List<Example> examples, StopSignal stop) {
        List<EncodedRow> rows = new ArrayList<>();
        int[] counts = new int[examples.size()];
        for (int i = 0; i < counts.length; i++) {
            Example example = examples.get(i);
            List<EncodedRow> own = encoded(example, i);
            counts[i] = own.size();
            rows.addAll(own);
        }
        float[][] logits = new float[rows.size()][];
        for (int[] batch :
                planner.plan(rows.stream().mapToInt(EncodedRow::positions).toArray())) {
            if (stop.requested()) {
                return Optional.empty();
            }
            List<float[]> scored =
                    trainer.score(Arrays.stream(batch).mapToObj(rows::get).toList());
            for (int i = 0; i < batch.length; i++) {
                logits[batch[i]] = finite(scored.get(i));
            }
        }
        return Optional.of(joined(logits, counts));
    }

    private List<EncodedRow> encoded(Example example, int number) {
        try {
            return encoder.encode(example.text(), example.allLabels());
        } catch (InputException refused) {
            throw new TrainingException(
                    "Row %d cannot be read: %s".formatted(number + 1, refused.getMessage()), refused);
        }
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

package dev.taxon.core;

import dev.taxon.core.prompt.EncodedInput;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one answer of the rows of an input. Chunks of labels stand one after another: their logits are compared as they
 * are, though labels of different chunks have not read each other. Of the windows of a text each label's best score
 * counts; where labels exclude each other scores are those within each window, and are made to sum to one again.
 */
final class MergedLogits {
    private MergedLogits() {}

    /**
     * Logits for each position of each input's labels.
     *
     * @param rows logits of all rows, input after input
     */
    static List<float[]> of(List<EncodedInput> inputs, List<float[]> rows) {
        List<float[]> merged = new ArrayList<>(inputs.size());
        int first = 0;
        for (EncodedInput input : inputs) {
            int count = input.rows().size();
            merged.add(merged(input, rows.subList(first, first + count)));
            first += count;
        }
        return merged;
    }

    /**
     * Logits of one input, of those of its pieces.
     *
     * @param pieces windows of one input, at least two pieces
     * @param merged what {@link #of} made of each piece
     */
    static float[] ofPieces(List<EncodedInput> pieces, List<float[]> merged) {
        if (pieces.get(0).input().mode() == Mode.MULTI_LABEL) {
            return highest(merged);
        }
        List<float[]> shares = new ArrayList<>(merged.size());
        for (int piece = 0; piece < merged.size(); piece++) {
            // Of several windows these are shares already, which do not sum to one; of a single one they are its
            // logits.
            float[] logits = merged.get(piece);
            shares.add(pieces.get(piece).windows() == 1 ? logShares(logits) : logits);
        }
        return highest(shares);
    }

    private static float[] merged(EncodedInput input, List<float[]> rows) {
        if (rows.size() == 1) {
            return rows.get(0);
        }
        List<float[]> windows = new ArrayList<>(input.windows());
        for (int window = 0; window < input.windows(); window++) {
            windows.add(joined(rows.subList(window * input.chunks(), (window + 1) * input.chunks())));
        }
        if (windows.size() == 1) {
            return windows.get(0);
        }
        return input.input().mode() == Mode.SINGLE_LABEL ? bestShares(windows) : highest(windows);
    }

    private static float[] joined(List<float[]> chunks) {
        float[] joined =
                new float[chunks.stream().mapToInt(chunk -> chunk.length).sum()];
        int start = 0;
        for (float[] chunk : chunks) {
            System.arraycopy(chunk, 0, joined, start, chunk.length);
            start += chunk.length;
        }
        return joined;
    }

    private static float[] highest(List<float[]> windows) {
        float[] highest = windows.get(0).clone();
        for (float[] window : windows) {
            for (int label = 0; label < highest.length; label++) {
                // What is not a number stays so, as max keeps it.
                highest[label] = Math.max(highest[label], window[label]);
            }
        }
        return highest;
    }

    /** Logarithms of each label's best share of a window: softmax makes of them those shares over their sum. */
    private static float[] bestShares(List<float[]> windows) {
        float[] best = logShares(windows.get(0));
        for (float[] window : windows) {
            float[] shares = logShares(window);
            for (int label = 0; label < best.length; label++) {
                best[label] = Math.max(best[label], shares[label]);
            }
        }
        return best;
    }

    private static float[] logShares(float[] logits) {
        double highest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - highest);
        }
        float[] shares = new float[logits.length];
        for (int label = 0; label < logits.length; label++) {
            shares[label] = (float) (logits[label] - highest - Math.log(sum));
        }
        return shares;
    }
}

package dev.taxon.core.torch;

/**
 * A row at the end of a packing that belongs to nobody. libtorch prepares a product anew for each number of tokens that
 * it has not met lately, which takes as long as a small layer; rounding that number up keeps the shapes so few that they
 * are all remembered. It costs a few tokens in a hundred.
 *
 * @param length tokens; 0 where the packing needs no filler
 * @param labels labels; 0 where rows have none
 */
public record Filler(int length, int labels) {
    private static final Filler NONE = new Filler(0, 0);

    /** What rounds up a packing of so many tokens and labels. */
    static Filler of(int tokens, int labels) {
        int missing = missing(tokens, tokenStep(tokens));
        if (missing == 0) {
            return NONE;
        }
        int step = labelStep(labels);
        // At least one, so that the filler is a row like others to whatever pools and scores.
        return new Filler(missing, labels == 0 ? 0 : step - labels % step);
    }

    public boolean isEmpty() {
        return length == 0;
    }

    private static int missing(int count, int step) {
        return (step - count % step) % step;
    }

    /** About a sixteenth of the tokens at the most, and always a multiple of 8, short of which products are a third slower. */
    private static int tokenStep(int tokens) {
        int magnitude = Integer.highestOneBit(Math.max(1, tokens - 1));
        return Math.max(8, Math.min(512, magnitude / 16));
    }

    private static int labelStep(int labels) {
        if (labels <= 64) {
            return 4;
        }
        return labels <= 512 ? 16 : 64;
    }
}

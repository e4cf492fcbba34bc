package dev.taxon.training.supervised;

import dev.taxon.training.Setting;
import dev.taxon.training.data.Example;
import java.util.List;

/**
 * Older rows that are seen beside those to learn, so that what an adapter knew of them is not lost when it goes on. They
 * are learned from and never judged.
 *
 * @param share how much of an epoch they are, as far as there are enough of them; each epoch draws anew
 */
public record Rehearsal(List<Example> rows, double share) {
    /** The share where nothing else is asked for. */
    public static final double DEFAULT_SHARE = 0.3;

    public Rehearsal {
        rows = List.copyOf(rows);
        Setting.require(share >= 0 && share < 1, "rehearse_share", "the share of rehearsed rows lies in [0, 1).");
    }

    /** Nothing is rehearsed. */
    public static Rehearsal none() {
        return new Rehearsal(List.of(), 0);
    }

    /** How many of them an epoch sees beside so many rows to learn. */
    int perEpoch(int learned) {
        return (int) Math.min(rows.size(), Math.round(learned * share / (1 - share)));
    }

    /** Sizes only: texts and labels are a customer's words. */
    @Override
    public String toString() {
        return "Rehearsal[%d rows, share %s]".formatted(rows.size(), share);
    }
}

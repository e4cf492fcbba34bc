package dev.taxon.core.prompt;

import java.util.List;

/**
 * Where the marks stand in a joint sequence, as the prompt put them there. Models read these and never look for marks by
 * their ids.
 *
 * @param labels position of each label's class token, ascending
 * @param text position of the text's token, or {@link #NOWHERE}
 */
public record MarkPositions(List<Integer> labels, int text) {
    /** The position of a mark that a layout does not have. */
    public static final int NOWHERE = -1;

    /** Late mixing: the sequence is the text alone. */
    public static final MarkPositions NONE = new MarkPositions(List.of(), NOWHERE);

    public MarkPositions {
        labels = List.copyOf(labels);
    }
}

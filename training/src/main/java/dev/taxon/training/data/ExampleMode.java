package dev.taxon.training.data;

import dev.taxon.core.Mode;
import java.util.List;
import java.util.Optional;

/** What rows say of the mode in which they are to be learned and judged. */
public final class ExampleMode {
    private ExampleMode() {}

    /** Single-label where every row has exactly one true label. */
    public static Mode of(List<Example> examples) {
        return examples.stream().allMatch(example -> example.trueLabels().size() == 1)
                ? Mode.SINGLE_LABEL
                : Mode.MULTI_LABEL;
    }

    /**
     * What was asked for, or else what the rows say.
     *
     * @throws IllegalArgumentException where the two do not go together
     */
    public static Mode of(List<Example> examples, Optional<Mode> asked) {
        Mode mode = asked.orElseGet(() -> of(examples));
        if (mode == Mode.SINGLE_LABEL
                && examples.stream().anyMatch(example -> example.trueLabels().size() > 1)) {
            throw new IllegalArgumentException("some rows have several true labels; take multi-label");
        }
        return mode;
    }
}

package dev.taxon.cli.classify;

import dev.taxon.cli.console.WrongUse;
import dev.taxon.core.Mode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What inputs get that do not say it themselves.
 *
 * @param labels empty for the adapter's
 * @param mode empty for the adapter's, or single-label
 */
record Defaults(
        List<String> labels, Optional<Mode> mode, @Nullable Double threshold) {
    Defaults {
        labels = List.copyOf(labels);
    }

    /** Those of the command line. Throws {@link WrongUse} naming the option whose value makes no sense. */
    static Defaults ofOptions(List<String> labels, Optional<Mode> mode, @Nullable Double threshold) {
        List<String> names = labels.stream().map(String::strip).toList();
        if (names.contains("")) {
            throw new WrongUse("--labels has a name that is blank; give names with single commas between them");
        }
        if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
            throw new WrongUse("--threshold is " + threshold + "; it must be from 0 to 1");
        }
        return new Defaults(names, mode, threshold);
    }
}

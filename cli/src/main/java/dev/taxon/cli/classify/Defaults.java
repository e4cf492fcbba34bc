package dev.taxon.cli.classify;

import dev.taxon.core.Mode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What inputs get that do not say it themselves.
 *
 * @param labels empty for none
 */
record Defaults(List<String> labels, Mode mode, @Nullable Double threshold) {
    Defaults {
        labels = List.copyOf(labels);
    }
}

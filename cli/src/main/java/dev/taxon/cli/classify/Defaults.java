package dev.taxon.cli.classify;

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
}

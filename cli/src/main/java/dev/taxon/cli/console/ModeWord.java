package dev.taxon.cli.console;

import dev.taxon.core.Mode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the command line spells a mode. */
public final class ModeWord {
    private ModeWord() {}

    /** The mode of {@code --mode}; empty where it was not given. Throws {@link WrongUse} for any other word. */
    public static Optional<Mode> read(@Nullable String word) {
        if (word == null) {
            return Optional.empty();
        }
        return Optional.of(Mode.of(word).orElseThrow(() -> new WrongUse("--mode is single-label or multi-label")));
    }
}

package dev.taxon.training;

import org.jspecify.annotations.Nullable;

/** What a setting has to hold to. */
public final class Setting {
    private Setting() {}

    /** Throws {@link IllegalSetting} of this name and rule where the rule does not hold. */
    public static void require(boolean holds, String name, String rule) {
        if (!holds) {
            throw new IllegalSetting(name, rule);
        }
    }

    /** What was given, or else what holds otherwise. */
    public static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}

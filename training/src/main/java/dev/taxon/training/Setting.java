package dev.taxon.training;

/** What a setting has to hold to. */
public final class Setting {
    private Setting() {}

    /** Throws {@link IllegalSetting} of this name and rule where the rule does not hold. */
    public static void require(boolean holds, String name, String rule) {
        if (!holds) {
            throw new IllegalSetting(name, rule);
        }
    }
}

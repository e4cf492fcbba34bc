package dev.taxon.core.checkpoint;

import java.util.regex.Pattern;

/** Names of tensors as messages have them. */
public final class TensorNames {
    /** A path of modules, as frameworks write them. */
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_.:/-]{1,200}");

    private TensorNames() {}

    /** The name in quotes; of one that is no path of modules, and so may be anybody's words, its length alone. */
    public static String shown(String name) {
        return PATH.matcher(name).matches() ? "'" + name + "'" : "of a name of %d characters".formatted(name.length());
    }
}

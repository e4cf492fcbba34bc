package dev.taxon.serving.tenant;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a tenant's key may be used for. */
public enum Scope {
    CLASSIFY,
    FEEDBACK,
    TRAIN,
    MANAGE;

    /** The scopes' words, as routes ask for them. */
    public static final String CLASSIFY_WORD = "classify";

    public static final String FEEDBACK_WORD = "feedback";

    public static final String TRAIN_WORD = "train";

    public static final String MANAGE_WORD = "manage";

    /** Every scope: what the first key of a tenant gets. */
    public static Set<Scope> all() {
        return EnumSet.allOf(Scope.class);
    }

    /** Throws {@link IllegalArgumentException} for a word that is no scope. */
    public static Scope of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no such scope; a key's scopes are classify, feedback, train and manage."));
    }

    /** The scope in lower case, as it is stored and written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

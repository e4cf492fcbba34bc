package dev.taxon.training.data.validation;

import java.util.Locale;

/** What a part of the data is for. No text may be in two of them. */
public enum Role {
    TRAIN,
    VALIDATION,
    TEST;

    /** As users write it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}

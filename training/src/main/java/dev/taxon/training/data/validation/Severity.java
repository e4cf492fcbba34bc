package dev.taxon.training.data.validation;

import java.util.Locale;

/** Whether a finding stops a training. */
public enum Severity {
    ERROR,
    WARNING;

    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.taxon.cli.console;

import dev.taxon.training.IllegalSetting;

/** A command was asked for what makes no sense; the message is the one line that the user reads. Exit status 2. */
public final class WrongUse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A value that makes no sense; a setting is named as the option that gives it. */
    public static WrongUse of(IllegalArgumentException wrong) {
        String message = wrong instanceof IllegalSetting setting
                ? "--" + setting.name().replace('_', '-') + ": " + setting.rule()
                : String.valueOf(wrong.getMessage());
        return new WrongUse(message, wrong);
    }

    public WrongUse(String message) {
        super(message);
    }

    public WrongUse(String message, Throwable cause) {
        super(message, cause);
    }
}

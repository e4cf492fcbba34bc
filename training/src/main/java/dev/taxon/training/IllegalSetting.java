package dev.taxon.training;

/** A setting with a value that makes no sense; the message names it and says what holds for it. */
public final class IllegalSetting extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String rule;

    /**
     * A refusal.
     *
     * @param name the setting's name in snake case, as options and requests spell it
     * @param rule what holds for its values, as a sentence
     */
    public IllegalSetting(String name, String rule) {
        super(name + ": " + rule);
        this.name = name;
        this.rule = rule;
    }

    public String name() {
        return name;
    }

    public String rule() {
        return rule;
    }
}

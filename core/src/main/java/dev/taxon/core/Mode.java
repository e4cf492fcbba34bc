package dev.taxon.core;

import java.util.Arrays;
import java.util.Optional;

/** How scores become predictions (arXiv 2508.07662, section 3). */
public enum Mode {
    /** Exactly one label is right: softmax over the labels, the best one answers. */
    SINGLE_LABEL("single-label"),
    /** Any number of labels is right: a sigmoid for each, those at or above the threshold answer. */
    MULTI_LABEL("multi-label");

    private final String word;

    Mode(String word) {
        this.word = word;
    }

    /** What it is called in files, answers and reports, and on the command line. */
    public String word() {
        return word;
    }

    /** The mode that is called so; empty for any other word. */
    public static Optional<Mode> of(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
    }
}

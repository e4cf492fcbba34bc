package dev.taxon.core;

/** How scores become predictions (arXiv 2508.07662, section 3). */
public enum Mode {
    /** Exactly one label is right: softmax over the labels, the best one answers. */
    SINGLE_LABEL,
    /** Any number of labels is right: a sigmoid for each, those at or above the threshold answer. */
    MULTI_LABEL
}

package dev.taxon.core;

/** A label and its probability in [0, 1]. */
public record LabelScore(String label, double score) {

    /** Without the label, which is a customer's word. */
    @Override
    public String toString() {
        return "LabelScore[%d characters, %s]".formatted(label.length(), score);
    }
}

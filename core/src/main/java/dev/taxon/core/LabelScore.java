package dev.taxon.core;

/** A label and its probability in [0, 1]. */
public record LabelScore(String label, double score) {}

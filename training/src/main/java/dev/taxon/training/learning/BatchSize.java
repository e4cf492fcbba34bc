package dev.taxon.training.learning;

/**
 * How large a step may be.
 *
 * @param rows the most rows
 * @param tokens the most tokens of their texts, save that a single row always has a place
 */
public record BatchSize(int rows, int tokens) {}

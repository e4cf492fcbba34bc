package dev.taxon.training.sampling;

/**
 * A row that a step will read.
 *
 * @param set number of its set among those that take part
 * @param row number of the row within the set, from 0
 * @param length tokens of its text
 * @param labels tokens of labels that only this row reads
 */
record PlannedRow(int set, int row, int length, int labels) {}

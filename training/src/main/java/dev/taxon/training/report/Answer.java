package dev.taxon.training.report;

import java.util.List;

/**
 * How a row was answered that was not learned from.
 *
 * @param row its number in the data, from 1
 * @param labels those that were answered, possibly none
 */
public record Answer(long row, List<String> labels) {
    public Answer {
        labels = List.copyOf(labels);
    }
}

package dev.taxon.core;

import java.util.List;

/** A worked example shown beside a text: another text and the labels that it has. */
public record Example(String text, List<String> labels) {
    public Example {
        labels = List.copyOf(labels);
    }

    /** Sizes only: both are a customer's words. */
    @Override
    public String toString() {
        return "Example[%d characters, %d labels]".formatted(text.length(), labels.size());
    }
}

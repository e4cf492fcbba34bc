package dev.taxon.core;

import java.util.List;

/**
 * What a model reads beside labels and text.
 *
 * @param prompt words on the task, put before the text without a space of their own; empty for none
 * @param examples worked examples, put after the text
 * @param retrieved examples in the older form, put after the text before the others
 */
public record TaskContext(String prompt, List<Example> examples, List<RetrievedExample> retrieved) {
    /** Labels and text alone. */
    public static final TaskContext NONE = new TaskContext("", List.of(), List.of());

    public TaskContext {
        examples = List.copyOf(examples);
        retrieved = List.copyOf(retrieved);
    }

    /** Words on the task alone. */
    public static TaskContext ofPrompt(String prompt) {
        return new TaskContext(prompt, List.of(), List.of());
    }

    /** Sizes only: all are a customer's words. */
    @Override
    public String toString() {
        return "TaskContext[%d characters, %d and %d examples]"
                .formatted(prompt.length(), examples.size(), retrieved.size());
    }
}

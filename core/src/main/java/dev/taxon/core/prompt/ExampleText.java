package dev.taxon.core.prompt;

import dev.taxon.core.Example;
import dev.taxon.core.RetrievedExample;
import java.util.List;

/** Spells examples as models of the reference were trained to read them. */
final class ExampleText {
    private static final String EXAMPLE = "<<EXAMPLE>>";
    private static final String END = "<</EXAMPLE>>";
    private static final String TRUE_LABEL = "<<TRUE_LABEL>>";
    private static final String FALSE_LABEL = "<<FALSE_LABEL>>";

    private ExampleText() {}

    /** Each example, and after the last the text's marker; nothing without examples. */
    static void add(List<Example> examples, int textMarker, MarkedText.Builder text) {
        for (Example example : examples) {
            text.marker(EXAMPLE)
                    .plain(example.text())
                    .plain(" \nLabels:\n ")
                    .plain(String.join(", ", example.labels()));
        }
        if (!examples.isEmpty()) {
            text.marker(textMarker);
        }
    }

    /** Each retrieved example that has a true label. */
    static void addRetrieved(List<RetrievedExample> examples, MarkedText.Builder text) {
        for (RetrievedExample example : examples) {
            if (!example.trueLabels().isEmpty()) {
                addRetrieved(example, text);
            }
        }
    }

    private static void addRetrieved(RetrievedExample example, MarkedText.Builder text) {
        text.plain(" ").marker(EXAMPLE).plain(" ").plain(example.text()).plain(" ");
        addLabels(TRUE_LABEL, example.trueLabels(), text);
        text.plain(" ");
        addLabels(FALSE_LABEL, example.falseLabels(), text);
        text.plain(" ").marker(END);
    }

    private static void addLabels(String marker, List<String> labels, MarkedText.Builder text) {
        for (int label = 0; label < labels.size(); label++) {
            text.plain(label == 0 ? "" : " ").marker(marker).plain(" ").plain(labels.get(label));
        }
    }
}

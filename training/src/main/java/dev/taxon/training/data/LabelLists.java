package dev.taxon.training.data;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Checked lists of labels, of which equal ones become one object, as most files repeat a handful on every row. */
final class LabelLists {
    /** Far beyond any name of a class; what a model is asked with takes no longer ones. */
    private static final int LONGEST_LABEL = 4_096;

    /** Where every row has a list of its own, sharing does not pay and must not grow with the file. */
    private static final int MOST_SHARED = 10_000;

    private final Map<List<String>, List<String>> lists = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();

    /** @param column what the list is called in messages */
    List<String> checked(List<String> labels, String column) throws UnusableRow {
        if (lists.size() >= MOST_SHARED || names.size() >= MOST_SHARED) {
            lists.clear();
            names.clear();
        }
        List<String> known = lists.get(labels);
        if (known != null) {
            return known;
        }
        for (String label : labels) {
            check(label, column);
        }
        if (new HashSet<>(labels).size() != labels.size()) {
            throw new UnusableRow("has the same label twice in " + column + ".");
        }
        List<String> list = List.copyOf(labels.stream()
                .map(label -> names.computeIfAbsent(label, same -> same))
                .toList());
        lists.put(list, list);
        return list;
    }

    private static void check(String label, String column) throws UnusableRow {
        if (label.isBlank()) {
            throw new UnusableRow("has a blank string in " + column + "; fill it in or remove the row.");
        }
        if (label.length() > LONGEST_LABEL) {
            throw new UnusableRow("has a label of more than " + LONGEST_LABEL + " characters in " + column
                    + "; shorten it, or read another column.");
        }
        PlainCharacters.check(label, column);
    }
}

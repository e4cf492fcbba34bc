package dev.taxon.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where in a row the columns stand that are read.
 *
 * @param text position of the text
 * @param labels position of the true labels
 * @param allLabels position of the candidates; {@link #ABSENT} where the file names none
 * @param listed whether a cell of the true labels may hold several, separated
 * @param ignored names of the columns that are not read
 */
record Columns(int text, int labels, int allLabels, boolean listed, List<String> ignored) {
    static final int ABSENT = -1;

    private static final List<String> TEXTS =
            List.of("text", "sentence", "content", "message", "utterance", "body", "title");
    private static final List<String> LISTS = List.of("true_labels", "labels", "categories", "tags");
    private static final List<String> SINGLES = List.of("label", "category", "intent", "class");
    private static final String ALL_LABELS = "all_labels";

    /** Empty when there is no column for the text or the labels. Throws {@link DataException} when there are two of a name. */
    static Optional<Columns> find(List<String> names, ColumnNames wanted) {
        List<String> plain = names.stream().map(Columns::plain).toList();
        int text = position(names, plain, wanted.text(), TEXTS);
        int labels = position(names, plain, wanted.label(), concatenated(LISTS, SINGLES));
        if (text == ABSENT || labels == ABSENT || text == labels) {
            return Optional.empty();
        }
        requireOnce(plain, text);
        requireOnce(plain, labels);
        requirePlain(names);
        int allLabels = plain.indexOf(ALL_LABELS);
        List<String> ignored = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            if (column != text && column != labels && column != allLabels) {
                ignored.add(names.get(column));
            }
        }
        boolean listed = wanted.separator() != null || LISTS.contains(plain.get(labels));
        return Optional.of(new Columns(text, labels, allLabels, listed, List.copyOf(ignored)));
    }

    /** What to say of a file without the columns that are wanted; its own names are left out, as they may be a row. */
    static String missing(ColumnNames wanted) {
        return "lacks a column: looked for the text in "
                + (wanted.text() == null ? String.join(", ", TEXTS) : wanted.text())
                + ", and for the labels in "
                + (wanted.label() == null ? String.join(", ", concatenated(LISTS, SINGLES)) : wanted.label())
                + "; name them with --text-column and --label-column.";
    }

    private static int position(List<String> names, List<String> plain, @Nullable String named, List<String> usual) {
        if (named != null) {
            return names.indexOf(named);
        }
        return usual.stream()
                .mapToInt(plain::indexOf)
                .filter(position -> position != ABSENT)
                .findFirst()
                .orElse(ABSENT);
    }

    private static void requireOnce(List<String> plain, int column) {
        if (plain.indexOf(plain.get(column)) != plain.lastIndexOf(plain.get(column))) {
            throw new DataException("has two columns of a name that is to be read; rename one of them.");
        }
    }

    private static void requirePlain(List<String> names) {
        if (names.stream().anyMatch(PlainCharacters::hasNul)) {
            throw new DataException("has a column whose name holds a NUL character (U+0000); rename it.");
        }
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static List<String> concatenated(List<String> first, List<String> second) {
        List<String> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}

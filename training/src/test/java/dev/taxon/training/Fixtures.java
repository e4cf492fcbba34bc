package dev.taxon.training;

import dev.taxon.core.prompt.TokenIds;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.sampling.PromptTokens;
import dev.taxon.training.sampling.RowTokens;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small made-up data that tests share. */
public final class Fixtures {
    public static final int START = 101;
    public static final int END = 102;
    public static final int MAX_TEXT_TOKENS = 64;

    private Fixtures() {}

    /** A token a word, its id the word's hash. */
    public static RowTokens tokens() {
        return new PromptTokens(Fixtures::words, START, END, MAX_TEXT_TOKENS, 16);
    }

    public static TokenIds words(String text) {
        return new TokenIds(List.of(text.strip().split("\\s+")).stream()
                .mapToInt(word -> 1000 + Math.floorMod(word.hashCode(), 1_000_000))
                .toArray());
    }

    /** Rows of 1 to 30 words, each text unlike any other, with one true label. */
    public static LabelledSet set(String name, int rows, int labels) {
        List<String> all = labels(name, labels);
        return LabelledSet.of(
                name,
                "digest of " + name,
                IntStream.range(0, rows)
                        .mapToObj(row -> new Example(text(name, row), all, List.of(all.get(row % labels))))
                        .toList());
    }

    public static List<String> labels(String name, int labels) {
        return IntStream.range(0, labels).mapToObj(i -> name + " label " + i).toList();
    }

    public static String text(String name, int row) {
        return IntStream.rangeClosed(0, row * 7 % 30)
                .mapToObj(word -> word == 0 ? name + row : "word" + word)
                .collect(Collectors.joining(" "));
    }
}

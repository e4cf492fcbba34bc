package dev.taxon.core.adapter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.taxon.core.checkpoint.CheckpointException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Alphas of single layers by patterns, the first that matches the end of a layer's name, as PEFT reads them. Patterns come
 * from strangers: they are matched in linear time, and few and short ones only.
 */
final class AlphaPatterns {
    static final int MOST = 1_000;
    static final int LONGEST = 500;

    /**
     * Characters of one pattern where each stands as often as its counted repeats repeat at most: the matcher goes as deep, and a
     * thread has a stack of a megabyte.
     */
    static final int MOST_WRITTEN_OUT = 2_000;

    /** The same of all patterns. */
    static final int MOST_OF_ALL = 100_000;

    private final Map<Pattern, Double> alphas = new LinkedHashMap<>();
    private final List<List<Object>> inOrder;

    AlphaPatterns(Map<String, Double> byPattern, String source) {
        if (byPattern.size() > MOST) {
            throw new CheckpointException(
                    "%s: alpha_pattern has %d entries; at most %d are read.".formatted(source, byPattern.size(), MOST));
        }
        checkSizes(byPattern.keySet(), source);
        byPattern.forEach((pattern, alpha) -> alphas.put(compiled(pattern, source), alpha));
        inOrder = byPattern.entrySet().stream()
                .map(entry -> List.<Object>of(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Patterns and alphas in their order, which decides between patterns that both match. */
    List<List<Object>> inOrder() {
        return inOrder;
    }

    /** Before anything is compiled: a repeat is compiled as so many copies, repeats of repeats as copies of copies. */
    private static void checkSizes(Set<String> patterns, String source) {
        long writtenOut = 0;
        for (String pattern : patterns) {
            if (pattern.length() > LONGEST) {
                throw new CheckpointException("%s: a pattern of alpha_pattern has %d characters; at most %d are read."
                        .formatted(source, pattern.length(), LONGEST));
            }
            long repeats = CountedRepeats.of(pattern);
            if (repeats > MOST_WRITTEN_OUT / Math.max(1, pattern.length())) {
                throw new CheckpointException(
                        "%s: a pattern of alpha_pattern comes to more than %d characters, counted repeats written out; name the layers instead."
                                .formatted(source, MOST_WRITTEN_OUT));
            }
            writtenOut += repeats * pattern.length();
        }
        if (writtenOut > MOST_OF_ALL) {
            throw new CheckpointException(
                    "%s: the patterns of alpha_pattern come to %d characters, counted repeats written out; at most %d are read."
                            .formatted(source, writtenOut, MOST_OF_ALL));
        }
    }

    private static Pattern compiled(String pattern, String source) {
        try {
            return Pattern.compile("(.*\\.)?(" + pattern + ")$");
        } catch (PatternSyntaxException unreadable) {
            throw new CheckpointException(
                    source + ": a pattern of alpha_pattern is none that linear-time matching (RE2) reads; name the"
                            + " layers instead.",
                    unreadable);
        }
    }

    OptionalDouble of(String layer) {
        return alphas.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(layer).lookingAt())
                .mapToDouble(Map.Entry::getValue)
                .findFirst();
    }
}

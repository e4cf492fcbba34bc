package dev.taxon.core.adapter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.taxon.core.checkpoint.CheckpointException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Alphas of single layers by patterns, the first that matches the end of a layer's name, as PEFT reads them. Patterns come
 * from strangers: they are matched in linear time, and few and short ones only.
 */
final class AlphaPatterns {
    static final int MOST = 1_000;
    static final int LONGEST = 500;

    private final Map<Pattern, Double> alphas = new LinkedHashMap<>();
    private final List<List<Object>> inOrder;

    AlphaPatterns(Map<String, Double> byPattern, String source) {
        if (byPattern.size() > MOST) {
            throw new CheckpointException(
                    "%s: alpha_pattern has %d entries; at most %d are read.".formatted(source, byPattern.size(), MOST));
        }
        byPattern.forEach((pattern, alpha) -> alphas.put(compiled(pattern, source), alpha));
        inOrder = byPattern.entrySet().stream()
                .map(entry -> List.<Object>of(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Patterns and alphas in their order, which decides between patterns that both match. */
    List<List<Object>> inOrder() {
        return inOrder;
    }

    private static Pattern compiled(String pattern, String source) {
        if (pattern.length() > LONGEST) {
            throw new CheckpointException("%s: a pattern of alpha_pattern has %d characters; at most %d are read."
                    .formatted(source, pattern.length(), LONGEST));
        }
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

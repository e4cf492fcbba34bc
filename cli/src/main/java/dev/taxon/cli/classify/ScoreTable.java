package dev.taxon.cli.classify;

import dev.taxon.core.Classification.Scored;
import dev.taxon.core.LabelScore;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Scores for people: the highest first, what is predicted marked with a star. */
final class ScoreTable {
    private ScoreTable() {}

    static String of(Scored scored) {
        int width = scored.scores().stream()
                .mapToInt(score -> score.label().length())
                .max()
                .orElse(0);
        Set<String> predicted =
                scored.predictions().stream().map(LabelScore::label).collect(Collectors.toSet());
        return scored.scores().stream()
                .map(score -> String.format(
                        Locale.ROOT,
                        "%s %-" + Math.max(1, width) + "s  %.4f%n",
                        predicted.contains(score.label()) ? "*" : " ",
                        score.label(),
                        score.score()))
                .collect(Collectors.joining());
    }
}

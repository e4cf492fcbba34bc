package dev.taxon.training.evaluation;

import dev.taxon.core.Mode;
import dev.taxon.training.statistics.Bootstrap;
import dev.taxon.training.statistics.McNemar;
import dev.taxon.training.statistics.Resamples;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Two predictors on the same rows.
 *
 * @param test of exact matches: whether both are right equally often
 * @param differing rows that the two answer differently
 * @param macroF1 null where rows offer different labels
 * @param f1ByLabel the second's F1 minus the first's, of every label in order
 */
public record Comparison(
        Metrics first,
        Metrics second,
        McNemar test,
        long differing,
        Difference accuracy,
        Difference microF1,
        @Nullable Difference macroF1,
        Difference weightedF1,
        Map<String, Double> f1ByLabel) {
    public Comparison {
        f1ByLabel = Collections.unmodifiableMap(new LinkedHashMap<>(f1ByLabel));
    }

    /**
     * Compares.
     *
     * @param first at least one row
     * @param second the same rows in the same order
     */
    public static Comparison of(Mode mode, List<Judged> first, List<Judged> second, Bootstrap bootstrap) {
        requireSameRows(first, second);
        Metrics before = Metrics.of(mode, first);
        Metrics after = Metrics.of(mode, second);
        Resamples resamples = resamples(first, second, bootstrap);
        Double macroBefore = before.macroF1();
        Double macroAfter = after.macroF1();
        return new Comparison(
                before,
                after,
                McNemar.of(rightAlone(first, second), rightAlone(second, first)),
                differing(first, second),
                Difference.of(resamples, 0, before.accuracy(), after.accuracy()),
                Difference.of(resamples, 1, before.microF1(), after.microF1()),
                macroBefore == null || macroAfter == null ? null : Difference.of(resamples, 2, macroBefore, macroAfter),
                Difference.of(resamples, 3, before.weightedF1(), after.weightedF1()),
                byLabel(before, after));
    }

    /** In one sentence, which is better and by how much, or that this data cannot show it. */
    public String verdict() {
        return verdict("first", "second");
    }

    /** The same, with names for the two sides. */
    public String verdict(String nameOfFirst, String nameOfSecond) {
        return Verdict.of(this, nameOfFirst, nameOfSecond);
    }

    private static void requireSameRows(List<Judged> first, List<Judged> second) {
        boolean same = !first.isEmpty()
                && first.size() == second.size()
                && IntStream.range(0, first.size())
                        .allMatch(row -> first.get(row).sameTruth(second.get(row)));
        if (!same) {
            throw new IllegalArgumentException("Both predictors need the same rows, at least one.");
        }
    }

    private static Resamples resamples(List<Judged> first, List<Judged> second, Bootstrap bootstrap) {
        return bootstrap.run(first.size(), RowDecisions.Figures.COUNT, PairedDecisions.of(first, second)::differences);
    }

    private static long rightAlone(List<Judged> one, List<Judged> other) {
        return IntStream.range(0, one.size())
                .filter(row -> one.get(row).exact() && !other.get(row).exact())
                .count();
    }

    private static long differing(List<Judged> first, List<Judged> second) {
        return IntStream.range(0, first.size())
                .filter(row -> !first.get(row).sameAnswer(second.get(row)))
                .count();
    }

    private static Map<String, Double> byLabel(Metrics first, Metrics second) {
        Map<String, Double> byLabel = new LinkedHashMap<>();
        first.perLabel()
                .forEach((label, counts) -> byLabel.put(
                        label,
                        Objects.requireNonNull(second.perLabel().get(label)).f1() - counts.f1()));
        return byLabel;
    }
}

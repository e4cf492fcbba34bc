package dev.taxon.cli.evaluate;

import dev.taxon.training.evaluation.Judged;
import dev.taxon.training.evaluation.Metrics;
import dev.taxon.training.evaluation.PairedBootstrap;
import dev.taxon.training.evaluation.PairedBootstrap.Pair;
import dev.taxon.training.statistics.Estimate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Macro F1 and accuracy of each contender on each set, as a Markdown table, and how sure the differences are. */
final class ComparisonTable {
    private static final long SEED = 1;

    private record Result(Metrics metrics, List<Judged> judged) {
        double macroF1() {
            return Objects.requireNonNullElse(metrics.macroF1(), Double.NaN);
        }

        double accuracy() {
            return metrics.accuracy();
        }
    }

    private final Map<String, EnumMap<Contender, Result>> sets = new LinkedHashMap<>();

    void add(String set, Contender contender, Metrics metrics, List<Judged> judged) {
        sets.computeIfAbsent(set, unseen -> new EnumMap<>(Contender.class)).put(contender, new Result(metrics, judged));
    }

    /** The better of the two cosines by mean macro F1. */
    private Contender cosine() {
        return mean(Contender.COSINE_BARE, Result::macroF1) >= mean(Contender.COSINE_TEMPLATE, Result::macroF1)
                ? Contender.COSINE_BARE
                : Contender.COSINE_TEMPLATE;
    }

    String render() {
        StringBuilder text = new StringBuilder("| set | rows |");
        for (Contender contender : Contender.values()) {
            text.append(' ').append(contender.title()).append(" |");
        }
        text.append(" model minus cosine (95%) |\n|---|---|---|---|---|---|---|\n");
        sets.forEach((set, results) -> text.append(row(set)));
        text.append("| **mean** | |");
        for (Contender contender : Contender.values()) {
            text.append(figures(mean(contender, Result::macroF1), mean(contender, Result::accuracy)));
        }
        text.append(interval(List.copyOf(sets.keySet()))).append("\n\n");
        return text.append("Macro F1 / accuracy; the last column is the difference of macro F1 to ")
                .append(cosine().title())
                .append(", paired bootstrap of 10,000 resamples.\n")
                .toString();
    }

    private String row(String set) {
        StringBuilder row = new StringBuilder(
                "| " + set + " | " + result(set, Contender.MODEL).metrics().rows() + " |");
        for (Contender contender : Contender.values()) {
            Result result = result(set, contender);
            row.append(figures(result.macroF1(), result.accuracy()));
        }
        return row.append(interval(List.of(set))).append('\n').toString();
    }

    private static String figures(double macroF1, double accuracy) {
        String first = Double.isNaN(macroF1) ? "none" : String.format(Locale.ROOT, "%.3f", macroF1);
        return String.format(Locale.ROOT, " %s / %.3f |", first, accuracy);
    }

    /** Over the sets that have a macro F1. */
    private String interval(List<String> names) {
        List<Pair> pairs = new ArrayList<>();
        for (String name : names) {
            Result model = result(name, Contender.MODEL);
            if (model.metrics().macroF1() != null) {
                pairs.add(new Pair(model.judged(), result(name, cosine()).judged()));
            }
        }
        if (pairs.isEmpty()) {
            return " none: rows offer different labels |";
        }
        Estimate interval = PairedBootstrap.withDefaults(SEED).compare(pairs);
        return String.format(
                Locale.ROOT, " %+.3f (%+.3f to %+.3f) |", interval.value(), interval.low(), interval.high());
    }

    /** Over the sets that have the figure. */
    private double mean(Contender contender, ToDoubleFunction<Result> figure) {
        return sets.keySet().stream()
                .mapToDouble(set -> figure.applyAsDouble(result(set, contender)))
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    private Result result(String set, Contender contender) {
        return Objects.requireNonNull(Objects.requireNonNull(sets.get(set)).get(contender));
    }
}

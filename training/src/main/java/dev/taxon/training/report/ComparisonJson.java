package dev.taxon.training.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.training.evaluation.Comparison;
import dev.taxon.training.evaluation.Difference;
import dev.taxon.training.evaluation.MetricsJson;
import dev.taxon.training.statistics.McNemar;

/**
 * A comparison as the command {@code compare --json} writes it: the metrics of both as {@code evaluate} has them, and
 * {@code differences}, second minus first, each {@code {"value", "low", "high", "probability"}}.
 */
public final class ComparisonJson {
    private ComparisonJson() {}

    public static ObjectNode of(Comparison comparison) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("verdict", comparison.verdict());
        json.put("rows", comparison.first().rows());
        json.put("mode", comparison.first().mode().word());
        json.put("rows_answered_differently", comparison.differing());
        json.set("mcnemar", test(comparison.test()));
        json.set("differences", differences(comparison));
        ObjectNode labels = json.putObject("f1_difference_by_label");
        comparison.f1ByLabel().forEach(labels::put);
        json.set("first", MetricsJson.of(comparison.first()));
        json.set("second", MetricsJson.of(comparison.second()));
        return json;
    }

    private static ObjectNode test(McNemar test) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("method", test.method().title())
                .put("only_first_right", test.firstAlone())
                .put("only_second_right", test.secondAlone())
                .put("p_value", test.pValue());
    }

    private static ObjectNode differences(Comparison comparison) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("accuracy", difference(comparison.accuracy()));
        json.set("micro_f1", difference(comparison.microF1()));
        Difference macro = comparison.macroF1();
        json.set("macro_f1", macro == null ? json.nullNode() : difference(macro));
        json.set("weighted_f1", difference(comparison.weightedF1()));
        return json;
    }

    private static ObjectNode difference(Difference difference) {
        return CalibrationJson.estimate(difference.estimate()).put("probability", difference.probability());
    }
}

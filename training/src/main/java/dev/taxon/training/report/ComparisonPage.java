package dev.taxon.training.report;

import dev.taxon.training.evaluation.Comparison;
import dev.taxon.training.page.Html;
import dev.taxon.training.page.Page;
import dev.taxon.training.page.Table;
import java.util.List;

/** A comparison as one page that needs nothing but a browser. It quotes no texts. */
public final class ComparisonPage {
    private ComparisonPage() {}

    /**
     * The page.
     *
     * @param first what the first is called, plain text
     * @param second what the second is called
     */
    public static String html(Comparison comparison, String first, String second) {
        return Page.of(
                "Comparison",
                List.of(
                        Html.format(
                                "<p>First: %s. Second: %s. %,d rows, of which %,d are answered differently.</p>",
                                Html.escape(first),
                                Html.escape(second),
                                comparison.first().rows(),
                                comparison.differing()),
                        "<p><strong>" + Html.escape(comparison.verdict()) + "</strong></p>",
                        FigureTables.comparison(comparison, "first", "second"),
                        "<h2>Labels</h2>",
                        byLabel(comparison)));
    }

    private static String byLabel(Comparison comparison) {
        Table table = new Table("F1 of each label", List.of("label", "first", "second", "difference", "rows"));
        comparison.first().perLabel().forEach((label, counts) -> {
            double difference = comparison.f1ByLabel().getOrDefault(label, 0.0);
            table.row(label, counts.f1(), counts.f1() + difference, difference, counts.support());
        });
        return table.html();
    }
}

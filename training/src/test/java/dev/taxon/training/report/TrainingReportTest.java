package dev.taxon.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.Mode;
import dev.taxon.training.calibration.Calibration;
import dev.taxon.training.calibration.ScoredRow;
import dev.taxon.training.calibration.ScoredRows;
import dev.taxon.training.evaluation.Comparison;
import dev.taxon.training.evaluation.Judged;
import dev.taxon.training.evaluation.Metrics;
import dev.taxon.training.evaluation.RowDecisions;
import dev.taxon.training.statistics.Bootstrap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TrainingReportTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(500, 1);
    private static final List<String> LABELS = List.of("billing", "<b>parcels</b> & \"more\"", "account");

    @Test
    void saysWhatTheAdapterBrings() {
        TrainingReport report = report(scored(200, 4), scored(200, 0.2));
        Comparison comparison = report.withoutAdapter().orElseThrow();
        assertThat(comparison.second()).isEqualTo(report.metrics());
        assertThat(comparison.verdict()).startsWith("second is better");
        assertThat(report.intervals().accuracy().value())
                .isEqualTo(report.metrics().accuracy());
        assertThat(report.source()).isEqualTo(new ScoreSource.HeldOut(200));
    }

    @Test
    void saysWhetherScoresWereHeldOutOrCrossFitted() {
        ScoredRows with = scored(30, 3);
        assertThat(report(with, with).source().sentence())
                .isEqualTo("Scores of 30 rows that were held out of training.");
        int[] folds = IntStream.range(0, 30).map(row -> row % 3).toArray();
        TrainingReport report = report(with.withFolds(folds), with);
        assertThat(report.source()).isEqualTo(new ScoreSource.CrossFitted(30, 3));
        assertThat(report.source().sentence()).contains("cross-fitted in 3 folds");
        assertThat(report.calibrationError().folds()).isEqualTo(3);
    }

    @Test
    void theMistakesThatTheModelIsSurestOfComeFirst() {
        TrainingReport report = report(scored(200, 1), scored(200, 1));
        List<Mistake> mistakes = report.mistakes();
        assertThat(mistakes)
                .hasSize(10)
                .isSortedAccordingTo((one, other) -> Double.compare(other.confidence(), one.confidence()));
        assertThat(mistakes).allSatisfy(mistake -> {
            assertThat(mistake.trueLabels()).doesNotContain(mistake.label());
            assertThat(mistake.answered()).containsExactly(mistake.label());
            assertThat(mistake.text()).contains("text " + mistake.row());
        });
    }

    @Test
    void wrongAnswersComeBeforeMissingOnes() {
        List<String> labels = List.of("a", "b");
        ScoredRows rows = ScoredRows.of(
                Mode.MULTI_LABEL,
                List.of(
                        new ScoredRow(labels, new float[] {-9, -9}, new boolean[] {true, false}),
                        new ScoredRow(labels, new float[] {1, -9}, new boolean[] {false, true}),
                        new ScoredRow(labels, new float[] {9, -9}, new boolean[] {true, false})));
        List<Mistake> mistakes = report(rows, rows).mistakes();
        assertThat(mistakes).extracting(Mistake::row).containsExactly(2L, 1L);
        assertThat(mistakes).extracting(Mistake::missed).containsExactly(false, true);
        assertThat(mistakes).extracting(Mistake::label).containsExactly("a", "a");
        assertThat(mistakes.get(0).confidence()).isCloseTo(1 / (1 + Math.exp(-1)), Offset.offset(1e-12));
        assertThat(mistakes.get(1).confidence()).isCloseTo(1 - 1 / (1 + Math.exp(9)), Offset.offset(1e-12));
    }

    @Test
    void whereAllIsRightThereIsNoMistakeAndNoFit() {
        ScoredRows rows = scored(40, 1e3);
        TrainingReport report = report(rows, rows);
        assertThat(report.metrics().accuracy()).isEqualTo(1);
        assertThat(report.mistakes()).isEmpty();
        assertThat(report.calibration().temperature().reason()).isPresent();
        assertThat(ReportPage.html(report, "All right", ""))
                .contains("not fitted")
                .doesNotContain("NaN");
    }

    @Test
    void longTextsAreQuotedInPart() {
        ScoredRows rows = scored(60, 0);
        List<String> texts = IntStream.range(0, 60)
                .mapToObj(row -> "\uD83D\uDE00".repeat(5000))
                .toList();
        TrainingReport report =
                TrainingReport.of(rows, rows, Calibration.fit(rows), SourceRow.numbered(texts), BOOTSTRAP);
        String quoted = report.mistakes().get(0).text().orElseThrow();
        assertThat(quoted.codePointCount(0, quoted.length())).isEqualTo(300);
        assertThat(quoted).endsWith("\u2026");
    }

    @Test
    void aReportThatQuotesTextsSaysSoAndAnotherDoesNot() {
        TrainingReport report = report(scored(80, 1), scored(80, 0));
        assertThat(ReportPage.html(report, "Report", "")).contains(TrainingReport.NOTICE, "text ");
        ObjectNode json = ReportJson.of(report);
        assertThat(json.get("holds_texts").asBoolean()).isTrue();
        assertThat(json.get("notice").asText()).isEqualTo(TrainingReport.NOTICE);
        assertThat(json.at("/mistakes/0/text").asText()).startsWith("text ");

        TrainingReport bare = report.withoutTexts();
        assertThat(ReportPage.html(bare, "Report", "")).doesNotContain(TrainingReport.NOTICE, "text 1", "text 2");
        assertThat(ReportJson.of(bare).get("holds_texts").asBoolean()).isFalse();
        assertThat(ReportJson.of(bare).toString()).doesNotContain("\"text\"", "notice");
        assertThat(bare.mistakes()).hasSameSizeAs(report.mistakes());
        assertThat(report.mistakes().toString()).doesNotContain("text ", "billing");
    }

    @Test
    void theJsonHoldsEveryFigure() {
        ObjectNode json = ReportJson.of(report(scored(100, 2), scored(100, 0)));
        assertThat(json.fieldNames())
                .toIterable()
                .contains("accuracy", "micro_f1", "macro_f1", "weighted_f1", "per_label", "confusion");
        assertThat(json.at("/scores/kind").asText()).isEqualTo("held_out");
        assertThat(json.at("/intervals/macro_f1/low").asDouble())
                .isLessThan(json.get("macro_f1").asDouble());
        assertThat(json.at("/calibration/temperature").asDouble()).isPositive();
        assertThat(json.at("/calibration/error_before/value").isNumber()).isTrue();
        assertThat(json.at("/calibration/error_after/high").isNumber()).isTrue();
        assertThat(json.at("/against_without_adapter/differences/macro_f1/probability")
                        .asDouble())
                .isBetween(0.0, 1.0);
        assertThat(json.at("/against_without_adapter/first/accuracy").isNumber())
                .isTrue();
        assertThat(json.at("/against_without_adapter/mcnemar/method").asText()).isNotEmpty();
    }

    @Test
    void thePageNeedsNothingButABrowser() {
        String html = ReportPage.html(
                report(scored(100, 2), scored(100, 0)), "Report of <support>", "<svg class=\"curve\"></svg>");
        assertThat(html).containsOnlyOnce("</html>").contains("<svg class=\"curve\">", "Report of &lt;support&gt;");
        assertThat(html).doesNotContain("http", "<script", "NaN", "<b>");
        assertThat(html)
                .contains("&lt;b&gt;parcels&lt;/b&gt; &amp; &quot;more&quot;")
                .contains("Most often confused", "Before calibration, by confidence", "Expected calibration error");
        assertThat(html.split("<table", -1)).hasSameSizeAs(html.split("<caption", -1));
    }

    @Test
    void pagesAreTheSameInEveryRun() {
        String one = ReportPage.html(report(scored(50, 1), scored(50, 0)), "Report", "");
        assertThat(ReportPage.html(report(scored(50, 1), scored(50, 0)), "Report", ""))
                .isEqualTo(one);
    }

    @Test
    void rowsOfDifferentLabelsHaveNoMatrix() {
        List<ScoredRow> rows = new ArrayList<>(scored(20, 1).rows());
        rows.add(new ScoredRow(List.of("x", "y"), new float[] {1, 0}, new boolean[] {true, false}));
        ScoredRows mixed = ScoredRows.of(Mode.SINGLE_LABEL, rows);
        assertThat(mixed.sameLabels()).isFalse();
        TrainingReport report = report(mixed, mixed);
        assertThat(report.metrics().macroF1()).isNull();
        String html = ReportPage.html(report, "Report", "");
        assertThat(html).doesNotContain("Confusion").contains("none: rows offer different labels");
        assertThat(ReportJson.of(report).at("/intervals/macro_f1").isNull()).isTrue();
    }

    @Test
    void oneRowIsReportedToo() {
        ScoredRows one = scored(1, 3);
        TrainingReport report = report(one, one);
        assertThat(report.calibrationError().folds()).isZero();
        assertThat(ReportPage.html(report, "Report", ""))
                .contains("too few rows to judge a fit")
                .doesNotContain("NaN");
        assertThat(ReportJson.of(report).toString()).doesNotContain("NaN");
    }

    @Test
    void multiLabelShowsTwoByTwo() {
        ScoredRow row = new ScoredRow(List.of("a", "b"), new float[] {3, -3}, new boolean[] {true, true});
        ScoredRows rows = ScoredRows.of(Mode.MULTI_LABEL, Collections.nCopies(30, row));
        TrainingReport report = report(rows, rows);
        assertThat(ReportPage.html(report, "Report", "")).contains("rightly not answered", "Fitted thresholds");
        assertThat(ReportJson.of(report).at("/confusion/a/0").isArray()).isTrue();
    }

    @Test
    void anEvaluationTakesAnswersAsTheyAre() {
        ScoredRows rows = scored(60, 2);
        List<Judged> judged = new ArrayList<>();
        rows.rows().forEach(row -> judged.add(new Judged(LABELS, row.trueLabels(), List.of("billing"))));
        judged.add(new Judged(LABELS, List.of("billing"), List.of()));
        RowDecisions.Tally decisions = new RowDecisions.Tally();
        judged.forEach(decisions::add);
        TrainingReport report = TrainingReport.ofEvaluation(
                Metrics.of(Mode.SINGLE_LABEL, judged),
                decisions.decisions(),
                rows,
                Calibration.none(Mode.SINGLE_LABEL),
                Optional.empty(),
                BOOTSTRAP);
        assertThat(report.metrics().rows()).isEqualTo(61);
        assertThat(report.calibrationError().before().count()).isEqualTo(60);
        assertThat(report.withoutAdapter()).isEmpty();
        assertThat(report.holdsTexts()).isFalse();
        assertThat(Objects.requireNonNull(report.metrics().perLabel().get("billing"))
                        .recall())
                .isLessThan(1);
    }

    private static TrainingReport report(ScoredRows with, ScoredRows without) {
        List<String> texts = IntStream.rangeClosed(1, with.size())
                .mapToObj(row -> "text " + row)
                .toList();
        return TrainingReport.of(with, without, Calibration.fit(with), SourceRow.numbered(texts), BOOTSTRAP);
    }

    /** Rows whose true label is so much ahead of chance. */
    private static ScoredRows scored(int count, double ahead) {
        Random random = new Random(3);
        float[][] logits = new float[count][LABELS.size()];
        boolean[][] targets = new boolean[count][LABELS.size()];
        for (int row = 0; row < count; row++) {
            targets[row][row % LABELS.size()] = true;
            for (int label = 0; label < LABELS.size(); label++) {
                logits[row][label] = (float) (2 * random.nextGaussian() + (targets[row][label] ? ahead : 0));
            }
        }
        return ScoredRows.of(LABELS, Mode.SINGLE_LABEL, logits, targets);
    }
}

package dev.taxon.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvePageTest {

    @Test
    void drawsLossShareAndRate() {
        String html = new CurvePage(points(50)).html();
        assertThat(html).contains("Step 500; 8,000 rows seen").containsOnlyOnce("</html>");
        assertThat(html.split("<svg", -1)).hasSize(4);
        assertThat(html).doesNotContain("http").doesNotContain("<script").doesNotContain("NaN");
    }

    @Test
    void thousandsOfPointsAreThinnedAndTheLastOneStays() {
        String html = new CurvePage(points(5000)).html();
        assertThat(html).contains("Step 50,000");
        assertThat(html.length()).isLessThan(60_000);
    }

    @Test
    void withoutAStepItSaysSo() {
        assertThat(new CurvePage(List.of()).html())
                .contains("No step is done yet")
                .doesNotContain("<svg");
    }

    @Test
    void otherPagesTakeTheChartsOfARunThatIsOver(@TempDir Path folder) throws IOException {
        assertThat(Curves.panels(folder)).isEmpty();
        CurveLog log = new CurveLog(folder.resolve("curve.jsonl"));
        for (CurvePoint point : points(3)) {
            log.append(point);
        }
        assertThat(Curves.panels(folder).split("<svg", -1)).hasSize(4);
        assertThat(Curves.panels(folder)).doesNotContain("<html");
    }

    private static List<CurvePoint> points(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new CurvePoint(i * 10, i * 160L, 2.0 / i, 2.5 / i, 0.5, 3, 1e-5, i))
                .toList();
    }
}

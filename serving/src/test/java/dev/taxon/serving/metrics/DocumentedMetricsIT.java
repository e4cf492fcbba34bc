package dev.taxon.serving.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Operators;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.tenant.Scope;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What operators are told of metrics, held against what the server exports, both ways. */
@QuarkusTest
class DocumentedMetricsIT extends ServerTest {
    private static final Path OPERATORS = Path.of("../docs/operators.md");
    private static final Pattern FAMILY = Pattern.compile("# TYPE (taxon_\\w+) (\\w+)");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");
    private static final String CLASSIFY =
            "{\"texts\": [\"my parcel is late\"], \"labels\": [\"delivery\", \"other\"]}";

    @Test
    void everyMetricIsDocumentedAndNoOther() throws IOException {
        classifyOnceMoreThanIsAllowed();

        Map<String, String> exported = exported();

        // Timers and distributions each have a highest value lately beside them, which the text above the table says.
        Set<String> families = new TreeSet<>(exported.keySet());
        families.removeIf(name -> name.endsWith("_max")
                && "histogram".equals(exported.get(name.substring(0, name.length() - "_max".length()))));
        assertThat(documented()).hasSizeGreaterThan(20).isEqualTo(families);
    }

    @Test
    void everyDistributionHasBucketsAndAHighestValue() throws IOException {
        classifyOnceMoreThanIsAllowed();

        String all = Http.send(Http.to("/q/metrics")).body();

        assertThat(exported().entrySet())
                .filteredOn(family -> family.getValue().equals("histogram"))
                .hasSizeGreaterThan(4)
                .allSatisfy(family -> assertThat(all)
                        .contains(family.getKey() + "_bucket{", family.getKey() + "_sum", family.getKey() + "_count")
                        .contains("# TYPE " + family.getKey() + "_max gauge"));
        assertThat(exported().values()).doesNotContain("summary");
    }

    /** Refusals have a series once there is one. */
    private void classifyOnceMoreThanIsAllowed() {
        String tenant = "m" + UUID.randomUUID();
        String key = newKey(tenant, Scope.all()).token();
        assertThat(Operators.call(
                                Operators.token(), "PUT", "/v1/admin/quotas/" + tenant, "{\"requests_per_minute\": 1}")
                        .statusCode())
                .isEqualTo(200);
        Http.send(Http.classify(key, CLASSIFY));
        Problems.expect(ErrorCode.QUOTA_EXCEEDED, Http.send(Http.classify(key, CLASSIFY)));
        assertThat(Http.send(Http.classify(token, CLASSIFY)).statusCode()).isEqualTo(200);
    }

    /** Taxon's own metrics and their types, counters by the names that they are asked for by. */
    private static Map<String, String> exported() {
        Matcher families = FAMILY.matcher(Http.send(Http.to("/q/metrics")).body());
        return families.results()
                .collect(Collectors.toMap(
                        family -> family.group(1) + (family.group(2).equals("counter") ? "_total" : ""),
                        family -> family.group(2)));
    }

    /** The names in the first column of the table. */
    private static Set<String> documented() throws IOException {
        try (Stream<String> lines = Files.lines(OPERATORS)) {
            return lines.filter(line -> line.startsWith("| `taxon_"))
                    .flatMap(line -> NAME.matcher(line.split("\\|")[1]).results())
                    .map(name -> name.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}

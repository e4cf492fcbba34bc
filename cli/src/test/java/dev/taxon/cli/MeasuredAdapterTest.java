package dev.taxon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.core.adapter.AdapterWriter;
import dev.taxon.core.adapter.LowRankUpdate;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.models.BuiltInModels;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters over the built-in model, measured by the real engine. */
final class MeasuredAdapterTest {
    private static final String[] SPORTS = {
        "The striker scored twice", "A late goal decided the final", "The team won the championship",
        "She broke the world record in the sprint", "The coach praised the goalkeeper",
                "They lost the match on penalties"
    };
    private static final String[] POLITICS = {
        "Parliament passed the new law", "The president signed the treaty", "Voters go to the polls on Sunday",
        "The minister resigned over the budget", "The senate rejected the bill", "The opposition called an election"
    };

    @TempDir
    static Path folder;

    private static Path data;
    private static Path harmful;
    private static Path calibrated;

    @BeforeAll
    static void writeRowsAndAdapters() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < SPORTS.length; row++) {
            rows.add(row(SPORTS[row], "sports"));
            rows.add(row(POLITICS[row], "politics"));
        }
        data = Files.writeString(folder.resolve("rows.jsonl"), String.join("\n", rows));
        harmful = adapter("harmful", 3, AdapterSettings.NONE);
        calibrated = adapter(
                "calibrated",
                0,
                new AdapterSettings(List.of(), Optional.of(Mode.SINGLE_LABEL), 4, OptionalDouble.of(0.99), Map.of()));
    }

    @Test
    void anAdapterThatRuinsTheModelIsFoundWorse() throws IOException {
        Path page = folder.resolve("comparison.html");
        JsonNode json = json(
                "compare",
                "--first",
                calibrated.toString(),
                "--second",
                harmful.toString(),
                "--html",
                page.toString(),
                "--json");
        assertThat(json.at("/first/accuracy").asDouble()).isGreaterThan(0.9);
        assertThat(json.at("/second/accuracy").asDouble()).isLessThan(0.8);
        assertThat(json.at("/differences/accuracy/value").asDouble())
                .isCloseTo(
                        json.at("/second/accuracy").asDouble()
                                - json.at("/first/accuracy").asDouble(),
                        Offset.offset(1e-12));
        assertThat(json.at("/mcnemar/only_first_right").asInt()).isPositive();
        assertThat(Files.readString(page)).contains("Second: adapter", "harmful", "on the built-in model");
    }

    @Test
    void confidenceIsJudgedAtTheAdaptersTemperature() throws IOException {
        JsonNode plain = json("evaluate", "--json");
        JsonNode cooled = json("evaluate", "--adapter", calibrated.toString(), "--json");
        assertThat(cooled.get("accuracy")).isEqualTo(plain.get("accuracy"));
        assertThat(confidence(cooled)).isLessThan(confidence(plain));
        // What is fitted does not depend on the temperature that the adapter has now.
        assertThat(cooled.at("/calibration/temperature").asDouble())
                .isCloseTo(plain.at("/calibration/temperature").asDouble(), Offset.offset(1e-3));
    }

    @Test
    void anAdapterWithoutANameIsForInputsThatNameNone() throws IOException {
        String text = "A late goal decided the final";
        double plain = score(lines(text, ""));
        double cooled = score(lines(text, ""), "--adapter", calibrated.toString());
        assertThat(cooled).isBetween(0.5, plain - 0.01);
        String[] both = {"--adapter", harmful.toString(), "--adapter", "own=" + calibrated};
        assertThat(score(lines(text, ",\"adapter\":\"own\""), both)).isCloseTo(cooled, Offset.offset(1e-6));
        assertThat(score(lines(text, ""), both)).isNotCloseTo(cooled, Offset.offset(1e-3));
        TaxonRun asText = TaxonRun.ofRealModels(
                "classify",
                "--precision",
                "fp32",
                "--adapter",
                calibrated.toString(),
                "--labels",
                "sports,politics",
                text);
        assertThat(asText.out()).contains(String.format(Locale.ROOT, "sports    %.4f", cooled));
    }

    private static Path lines(String text, String more) throws IOException {
        return Files.writeString(
                folder.resolve("lines.jsonl"),
                "{\"text\":\"%s\",\"labels\":[\"sports\",\"politics\"]%s}\n".formatted(text, more));
    }

    /** The score of sports. */
    private static double score(Path lines, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("classify", "--precision", "fp32", "--in", lines.toString()));
        arguments.addAll(List.of(options));
        TaxonRun run = TaxonRun.ofRealModels(arguments.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out()).at("/scores/sports").asDouble();
    }

    @Test
    void thresholdsOfTheAdapterDecideInMultiLabelMode() throws IOException {
        JsonNode strict = json("evaluate", "--adapter", calibrated.toString(), "--mode", "multi-label", "--json");
        assertThat(strict.get("mode").asText()).isEqualTo("multi-label");
        assertThat(strict.at("/per_label/sports/recall").asDouble()).isZero();
    }

    /** Mean confidence of all answers. */
    private static double confidence(JsonNode json) {
        double sum = 0;
        for (JsonNode bin : json.at("/calibration/reliability_before")) {
            sum += bin.get("confidence").asDouble() * bin.get("count").asDouble();
        }
        return sum / json.get("rows").asDouble();
    }

    private static JsonNode json(String command, String... more) throws IOException {
        TaxonRun run = run(command, more);
        assertThat(run.status()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    private static TaxonRun run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "--data", data.toString(), "--precision", "fp32"));
        arguments.addAll(List.of(more));
        return TaxonRun.ofRealModels(arguments.toArray(String[]::new));
    }

    private static String row(String text, String label) {
        return "{\"text\":\"%s\",\"all_labels\":[\"sports\",\"politics\"],\"true_labels\":[\"%s\"]}"
                .formatted(text, label);
    }

    /** Random updates of the encoder's layers, so strong that nothing sensible is left, or of no strength. */
    private static Path adapter(String name, float strength, AdapterSettings settings) throws IOException {
        Random random = new Random(1);
        Map<String, LowRankUpdate> updates = new TreeMap<>();
        try (Checkpoint checkpoint = BuiltInModels.taxonSmall()) {
            WeightShapes.linearLayers(checkpoint.config()).forEach((layer, shape) -> {
                if (layer.contains("attention.self.value")) {
                    int out = Math.toIntExact(shape.get(0));
                    int in = Math.toIntExact(shape.get(1));
                    updates.put(
                            layer,
                            new LowRankUpdate(
                                    1, in, out, numbers(in, 1, random), numbers(out, strength, random), null));
                }
            });
        }
        Path place = folder.resolve(name);
        AdapterWriter.write(new Adapter("unread", settings, updates, Optional.empty()), place);
        return place;
    }

    private static FloatBuffer numbers(int count, float scale, Random random) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = scale * (float) random.nextGaussian();
        }
        return FloatBuffer.wrap(numbers);
    }
}

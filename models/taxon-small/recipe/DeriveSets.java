import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the two sets that the recipe of taxon-small derives from the clean training sets, with a fixed seed: what they
 * teach stands in their texts, but not in their labels' words.
 *
 * <p>Usage: {@code java -cp CLASSPATH-WITH-JACKSON DeriveSets.java CLEAN-FOLDER OUT-FOLDER}
 */
final class DeriveSets {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NEGATION_ROWS = 20_000;

    /** The emotions of goemotions by their sentiment; what is in neither list (surprise, curiosity) is left out. */
    private static final Set<String> POSITIVE = Set.of(
            "admiration", "amusement", "approval", "caring", "desire", "excitement", "gratitude", "joy", "love",
            "optimism", "pride", "relief");

    private static final Set<String> NEGATIVE = Set.of(
            "anger", "annoyance", "disappointment", "disapproval", "disgust", "embarrassment", "fear", "grief",
            "nervousness", "remorse", "sadness");

    /** Ways of saying positive, negative and neutral. */
    private static final List<List<String>> WORDINGS = List.of(
            List.of("positive", "negative", "neutral"),
            List.of("positive", "negative", "neutral"),
            List.of("positive sentiment", "negative sentiment", "neutral sentiment"),
            List.of("positive opinion", "negative opinion", "neutral opinion"),
            List.of("positive emotion", "negative emotion", "no emotion"),
            List.of("good", "bad", "neutral"),
            List.of("positive comment", "negative comment", "neutral comment"),
            List.of("positive feedback", "negative feedback", "neutral feedback"),
            List.of("happy", "unhappy", "neither happy nor unhappy"));

    /** Sets whose labels say nothing about a text alone (inference, logic) or come in opposites already. */
    private static final Set<String> NOT_NEGATED = Set.of(
            "ar_lsat", "clickbait", "folio", "hatecheck", "med_monotonicity", "prontoqa", "proofwriter",
            "quora_duplicates", "scitail", "snli", "snli_hypothesis_choice", "wikiqa_answer_choice", "reading_level");

    private final Path clean;
    private final Path out;

    private DeriveSets(Path clean, Path out) {
        this.clean = clean;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("Usage: DeriveSets CLEAN-FOLDER OUT-FOLDER");
            System.exit(2);
        }
        DeriveSets derive = new DeriveSets(Path.of(arguments[0]), Path.of(arguments[1]));
        Files.createDirectories(derive.out);
        derive.sentiment();
        derive.negation();
    }

    private void sentiment() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        List<ObjectNode> rows = new ArrayList<>();
        for (JsonNode row : read(clean.resolve("goemotions.jsonl.gz"))) {
            int sentiment = sentimentOf(labels(row, "true_labels"));
            if (sentiment < 0) {
                continue;
            }
            List<String> wording = WORDINGS.get(random.nextInt(WORDINGS.size()));
            // Half of the rows that allow it are a choice between the two poles.
            boolean twoPoles = random.nextBoolean() && sentiment != 2;
            rows.add(row(row, twoPoles ? wording.subList(0, 2) : wording, wording.get(sentiment)));
        }
        write(out.resolve("goemotions_sentiment.jsonl.gz"), rows);
    }

    private static int sentimentOf(Set<String> emotions) {
        boolean positive = emotions.stream().anyMatch(POSITIVE::contains);
        boolean negative = emotions.stream().anyMatch(NEGATIVE::contains);
        if (emotions.equals(Set.of("neutral"))) {
            return 2;
        }
        if (positive == negative || emotions.contains("neutral")) {
            return -1;
        }
        return positive ? 0 : 1;
    }

    private void negation() throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        List<List<JsonNode>> sets = new ArrayList<>();
        for (Path file : sets()) {
            sets.add(read(file).stream()
                    .filter(row -> row.get("true_labels").size() == 1 && row.get("all_labels").size() > 2)
                    .toList());
        }
        sets.removeIf(List::isEmpty);
        List<ObjectNode> rows = new ArrayList<>();
        while (rows.size() < NEGATION_ROWS) {
            rows.add(negated(drawn(sets, random), drawn(sets, random), random));
        }
        write(out.resolve("negation.jsonl.gz"), rows);
    }

    private static JsonNode drawn(List<List<JsonNode>> sets, SplittableRandom random) {
        List<JsonNode> set = sets.get(random.nextInt(sets.size()));
        return set.get(random.nextInt(set.size()));
    }

    private List<Path> sets() throws IOException {
        try (var files = Files.list(clean)) {
            return files.filter(file -> !NOT_NEGATED.contains(
                            file.getFileName().toString().replace(".jsonl.gz", "")))
                    .sorted()
                    .toList();
        }
    }

    /**
     * A row that asks whether a label holds, which half of the rows say it does. Labels that do not hold come from the
     * row's own set and from others alike, so that a label is not taken for absent wherever another would fit better.
     */
    private static ObjectNode negated(JsonNode row, JsonNode foreign, SplittableRandom random) {
        String truth = row.get("true_labels").get(0).asText();
        List<String> others = new ArrayList<>(labels(random.nextBoolean() ? row : foreign, "all_labels"));
        others.remove(truth);
        String asked = random.nextBoolean() ? truth : others.get(random.nextInt(others.size()));
        List<String> opposites = List.of("not " + asked, "not " + asked, "no " + asked, "something else");
        String opposite = opposites.get(random.nextInt(opposites.size()));
        return row(row, List.of(asked, opposite), asked.equals(truth) ? asked : opposite);
    }

    private static Set<String> labels(JsonNode row, String field) {
        Set<String> labels = new TreeSet<>();
        row.get(field).forEach(label -> labels.add(label.asText()));
        return labels;
    }

    private static ObjectNode row(JsonNode origin, List<String> labels, String truth) {
        ObjectNode row = JSON.createObjectNode().put("text", origin.get("text").asText());
        labels.forEach(row.putArray("all_labels")::add);
        row.putArray("true_labels").add(truth);
        return row;
    }

    private static List<JsonNode> read(Path file) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines().map(DeriveSets::parse).toList();
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, List<ObjectNode> rows) throws IOException {
        try (BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            for (ObjectNode row : rows) {
                writer.write(JSON.writeValueAsString(row));
                writer.newLine();
            }
        }
        System.out.println(file.getFileName() + ": " + rows.size() + " rows");
    }
}

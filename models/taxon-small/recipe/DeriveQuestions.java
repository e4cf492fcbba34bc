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
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the set from which taxon-small learns what a question asks for: questions of the clean sets, labelled by rules
 * on their question words, each kind of answer in several wordings.
 *
 * <p>Usage: {@code java -cp CLASSPATH-WITH-JACKSON DeriveQuestions.java CLEAN-FOLDER OUT-FOLDER}
 */
final class DeriveQuestions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROWS_A_KIND = 900;
    private static final List<String> SETS = List.of("quora_duplicates", "wikiqa_answer_choice", "clinc150", "goemotions");

    private record Kind(Pattern rule, List<String> wordings) {}

    /** The first rule that fits decides. */
    private static final List<Kind> KINDS = List.of(
            kind(
                    "stands? for\\b|\\bacronym|\\babbreviat|\\bshort for\\b|full form of",
                    "abbreviation", "acronym", "what letters stand for"),
            kind("^(who|whose|whom|who's)\\b|^(which|what) (person|actor|actress|president|king|singer|author|player)\\b",
                    "person", "somebody", "a person's name", "people"),
            kind("^where\\b|^(in |at )?(what|which) (city|cities|country|countries|state|place|places|county|river|continent|"
                            + "island|mountain|town|region)\\b",
                    "place", "location", "where something is", "geography"),
            kind("^how (many|much|far|long|old|tall|big|fast|often|high|deep|large|hot|cold|heavy)\\b|"
                            + "^what('s| is| are| was) the (\\w+ )?(number|population|percentage|cost|price|temperature|"
                            + "speed|length|height|distance|average|age|salary|rate|size|weight)\\b",
                    "number", "quantity", "amount", "how much or how many"),
            kind("^when\\b|^(in |on |at )?what (year|date|day|time|month|century)\\b",
                    "date or time", "time", "date", "when something happens"),
            kind("^why\\b|^what (causes|caused)\\b|^how come\\b", "reason", "cause", "explanation", "why"),
            kind("^how (do|does|did|can|could|should|to|would|is|are|was)\\b|^what is the (best|easiest|fastest) way\\b",
                    "way of doing something", "instructions", "manner", "how to do something"),
            kind("^what (is|are|was|were|does) (a |an |the |it )?[a-z'-]+( [a-z'-]+)?( mean)? ?\\?*$|\\bdefinition of\\b|"
                            + "\\bmeaning of\\b|\\bmean(s)? ?\\?*$|^define\\b",
                    "definition", "meaning", "what a word means", "what something is"),
            kind("^(do|does|did|is|are|was|were|can|could|should|will|would|has|have) ", "yes or no", "confirmation"),
            kind("^(which|what) (\\w+ )?(company|animal|food|color|colour|sport|language|film|movie|book|song|game|kind|type|"
                            + "sort|brand|phone|laptop|car|product|instrument|plant|bird|software|app|website|drug|disease|"
                            + "religion|currency)s?\\b|^(which|what) (is|are) the best (\\w+ )?(book|movie|phone|laptop|app|"
                            + "website|game|car|song|software|camera|course)s?\\b",
                    "thing", "object or product", "name of a thing", "something of a kind"));

    /** How a row says its kinds; a row says all of them alike. */
    private static final List<UnaryOperator<String>> FORMS = List.of(
            wording -> wording, wording -> wording, wording -> "asks for: " + wording,
            wording -> "question about " + wording, wording -> wording + " question");

    private final Random random = new Random(4);

    private static Kind kind(String rule, String... wordings) {
        return new Kind(Pattern.compile(rule), List.of(wordings));
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("Usage: DeriveQuestions CLEAN-FOLDER OUT-FOLDER");
            System.exit(2);
        }
        Files.createDirectories(Path.of(arguments[1]));
        new DeriveQuestions().write(Path.of(arguments[0]), Path.of(arguments[1]).resolve("questions.jsonl.gz"));
    }

    private void write(Path clean, Path file) throws IOException {
        List<List<String>> byKind = new ArrayList<>();
        KINDS.forEach(kind -> byKind.add(new ArrayList<>()));
        for (String question : questions(clean)) {
            int kind = kindOf(question);
            if (kind >= 0 && byKind.get(kind).size() < ROWS_A_KIND) {
                byKind.get(kind).add(question);
            }
        }
        int rows = 0;
        try (BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            for (int kind = 0; kind < KINDS.size(); kind++) {
                for (String question : byKind.get(kind)) {
                    writer.write(JSON.writeValueAsString(row(question, kind)));
                    writer.newLine();
                    rows++;
                }
            }
        }
        System.out.println(file.getFileName() + ": " + rows + " rows, "
                + byKind.stream().map(List::size).toList());
    }

    private List<String> questions(Path clean) throws IOException {
        List<String> questions = new ArrayList<>();
        for (String set : SETS) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(clean.resolve(set + ".jsonl.gz"))),
                    StandardCharsets.UTF_8))) {
                lines.lines()
                        .flatMap(line -> parse(line).get("text").asText().lines())
                        .map(String::strip)
                        .filter(text -> text.length() >= 12 && text.length() <= 200)
                        .forEach(questions::add);
            }
        }
        List<String> distinct = new ArrayList<>(Stream.of(questions).flatMap(List::stream).distinct().toList());
        Collections.shuffle(distinct, random);
        return distinct;
    }

    private static int kindOf(String question) {
        String lower = question.toLowerCase(Locale.ROOT);
        for (int kind = 0; kind < KINDS.size(); kind++) {
            if (KINDS.get(kind).rule().matcher(lower).find()) {
                return kind;
            }
        }
        return -1;
    }

    /** A row with three to all kinds, each in one of its wordings. */
    private ObjectNode row(String question, int kind) {
        List<Integer> kinds = new ArrayList<>();
        for (int other = 0; other < KINDS.size(); other++) {
            if (other != kind) {
                kinds.add(other);
            }
        }
        Collections.shuffle(kinds, random);
        UnaryOperator<String> form = FORMS.get(random.nextInt(FORMS.size()));
        ObjectNode row = JSON.createObjectNode().put("text", question);
        String truth = form.apply(wording(kind));
        List<String> labels = new ArrayList<>(List.of(truth));
        kinds.subList(0, 2 + random.nextInt(kinds.size() - 1)).forEach(other -> labels.add(form.apply(wording(other))));
        labels.stream().sorted().forEach(row.putArray("all_labels")::add);
        row.putArray("true_labels").add(truth);
        return row;
    }

    private String wording(int kind) {
        List<String> wordings = KINDS.get(kind).wordings();
        return wordings.get(random.nextInt(wordings.size()));
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

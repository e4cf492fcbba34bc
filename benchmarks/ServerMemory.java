import dev.taxon.sdk.TaxonClient;
import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.ClassifyRequest;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Memory of a running server (proportional set size, libtorch included) while it answers requests of 1 to 32 texts of up to
 * 256 tokens, with labels of four sets in turns.
 *
 * <p>Usage, beside a running {@code ./taxon up}: {@code java -cp "cli/target/taxon-cli.jar:$(cat cli/target/classpath)"
 * benchmarks/ServerMemory.java KEY "$(pgrep -f quarkus-run.jar)" imdb.jsonl.gz REQUESTS EVERY}
 */
final class ServerMemory {
    private static final int MOST_TEXTS = 32;
    private static final int MOST_CHARACTERS = 1_000;
    private static final List<String[]> LABELS = List.of(
            new String[] {"positive", "negative"},
            new String[] {"world", "sports", "business", "science and technology"},
            new String[] {"praise", "complaint", "question"},
            new String[] {"drama", "comedy", "horror", "documentary", "thriller", "romance"});

    public static void main(String[] arguments) throws Exception {
        String process = arguments[1].strip();
        List<String> texts = LabelledSets.read(Path.of(arguments[2])).examples().stream()
                .map(Example::text)
                .toList();
        int requests = Integer.parseInt(arguments[3]);
        int every = Integer.parseInt(arguments[4]);
        TaxonClient client = TaxonClient.builder()
                .baseUrl("http://127.0.0.1:8080")
                .apiKey(arguments[0])
                .build();
        SplittableRandom random = new SplittableRandom(1);
        long sent = 0;
        for (int request = 1; request <= requests; request++) {
            List<String> own = new ArrayList<>();
            for (int text = random.nextInt(MOST_TEXTS); text >= 0; text--) {
                String whole = texts.get(random.nextInt(texts.size()));
                own.add(whole.substring(0, Math.min(whole.length(), 1 + random.nextInt(MOST_CHARACTERS))));
            }
            ClassifyInput shared =
                    ClassifyInput.builder().labels(LABELS.get(request % LABELS.size())).build();
            client.classify(ClassifyRequest.ofTexts(own, shared));
            sent += own.size();
            if (request % every == 0) {
                System.out.printf(
                        Locale.ROOT, "%d requests, %d texts: PSS %.0f MB%n", request, sent, megabytes(process));
            }
        }
    }

    private static double megabytes(String process) throws IOException {
        return Files.readAllLines(Path.of("/proc", process, "smaps_rollup")).stream()
                        .filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024.0;
    }
}

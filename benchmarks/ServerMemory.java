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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Memory of a running server (libtorch included) while four clients send it requests with labels of four sets in turns:
 * most of 1 to 4 short texts, one in twenty of up to 32 texts of up to 256 tokens, one in five hundred of 32 texts of
 * about 256.
 *
 * <p>Printed are the proportional set size, which counts libraries that other processes use too in part only, looked at
 * each half second: at the moment, and the median, ninth tenth and most since the line before. What was freed goes back
 * each second, so that one look may be tens of megabytes off another.
 *
 * <p>Usage, beside a running {@code ./taxon up}: {@code java -cp "cli/target/taxon-cli.jar:$(cat cli/target/classpath)"
 * benchmarks/ServerMemory.java KEY "$(pgrep -f quarkus-run.jar)" imdb.jsonl.gz REQUESTS EVERY [URL]}
 */
final class ServerMemory {
    private static final int CLIENTS = 4;
    private static final int LARGE_EVERY = 20;
    private static final int LARGEST_EVERY = 500;
    private static final int MOST_TEXTS = 32;
    private static final int MOST_CHARACTERS = 1_000;
    private static final int FEW_TEXTS = 4;
    private static final int FEW_CHARACTERS = 200;
    private static final long LOOK_MILLISECONDS = 500;
    private static final List<String[]> LABELS = List.of(
            new String[] {"positive", "negative"},
            new String[] {"world", "sports", "business", "science and technology"},
            new String[] {"praise", "complaint", "question"},
            new String[] {"drama", "comedy", "horror", "documentary", "thriller", "romance"});

    private final TaxonClient client;
    private final List<String> texts;
    private final Path process;
    private final AtomicInteger next = new AtomicInteger();
    private List<Double> looks = new ArrayList<>();

    private ServerMemory(TaxonClient client, List<String> texts, Path process) {
        this.client = client;
        this.texts = texts;
        this.process = process;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> texts = LabelledSets.read(Path.of(arguments[2])).examples().stream()
                .map(Example::text)
                .toList();
        TaxonClient client = TaxonClient.builder()
                .baseUrl(arguments.length > 5 ? arguments[5] : "http://127.0.0.1:8080")
                .apiKey(arguments[0])
                .build();
        Path process = Path.of("/proc", arguments[1].strip());
        new ServerMemory(client, texts, process)
                .run(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
    }

    private void run(int requests, int every) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(CLIENTS + 1);
        try {
            pool.submit(this::look);
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(pool.submit(() -> send(requests, every)));
            }
            for (Future<?> sender : clients) {
                sender.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private Void send(int requests, int every) throws IOException {
        for (int request = next.incrementAndGet(); request <= requests; request = next.incrementAndGet()) {
            ClassifyInput shared =
                    ClassifyInput.builder().labels(LABELS.get(request % LABELS.size())).build();
            client.classify(ClassifyRequest.ofTexts(texts(request), shared));
            if (request % every == 0) {
                print(request);
            }
        }
        return null;
    }

    private Void look() throws IOException, InterruptedException {
        while (true) {
            add(proportionalSetSize());
            Thread.sleep(LOOK_MILLISECONDS);
        }
    }

    private synchronized void add(double megabytes) {
        looks.add(megabytes);
    }

    private synchronized void print(int requests) throws IOException {
        double now = proportionalSetSize();
        looks.add(now);
        List<Double> sorted = looks.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "%d requests: PSS %.0f MB now; %d looks: median %.0f, nine of ten under %.0f, most %.0f%n",
                requests,
                now,
                sorted.size(),
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() * 9 / 10),
                sorted.get(sorted.size() - 1));
        looks = new ArrayList<>();
    }

    private List<String> texts(int request) {
        SplittableRandom random = new SplittableRandom(request);
        boolean largest = request % LARGEST_EVERY == 0;
        boolean large = request % LARGE_EVERY == 0;
        int count = largest ? MOST_TEXTS : 1 + random.nextInt(large ? MOST_TEXTS : FEW_TEXTS);
        List<String> own = new ArrayList<>();
        for (int text = 0; text < count; text++) {
            int characters = 1 + random.nextInt(large ? MOST_CHARACTERS : FEW_CHARACTERS);
            String whole = texts.get(random.nextInt(texts.size()));
            own.add(whole.substring(0, Math.min(whole.length(), largest ? MOST_CHARACTERS : characters)));
        }
        return own;
    }

    private double proportionalSetSize() throws IOException {
        return Files.readAllLines(process.resolve("smaps_rollup")).stream()
                        .filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024.0;
    }
}

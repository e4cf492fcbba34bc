import dev.taxon.core.Classifier;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.models.BuiltInModels;
import dev.taxon.sdk.TaxonClient;
import dev.taxon.training.data.LabelledSets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Examples a second of a running server under concurrent clients that send one text each, against the engine alone in
 * batches of as many, on the same texts, in turns.
 *
 * <p>Usage, beside a running {@code ./taxon up}: {@code java -cp "$(cat cli/target/classpath)" benchmarks/ServerLoad.java
 * KEY DATA.jsonl.gz [CLIENTS] [SECONDS]}
 */
final class ServerLoad {
    private static final int TURNS = 3;
    private static final int WARM_UP_TURNS = 6;

    private final List<String> texts;
    private final List<String> labels;
    private final int clients;
    private final long nanos;

    private ServerLoad(List<String> texts, List<String> labels, int clients, int seconds) {
        this.texts = texts;
        this.labels = labels;
        this.clients = clients;
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    public static void main(String[] arguments) throws Exception {
        var rows = LabelledSets.read(Path.of(arguments[1])).examples();
        ServerLoad load = new ServerLoad(
                rows.stream().map(row -> row.text()).toList(),
                rows.get(0).allLabels(),
                arguments.length > 2 ? Integer.parseInt(arguments[2]) : 32,
                arguments.length > 3 ? Integer.parseInt(arguments[3]) : 15);
        TaxonClient client = TaxonClient.builder()
                .baseUrl("http://127.0.0.1:8080")
                .apiKey(arguments[0])
                .build();
        try (Checkpoint checkpoint = BuiltInModels.taxonSmall();
                Classifier engine = Classifiers.open(checkpoint, EngineOptions.defaults())) {
            load.run(engine, client);
        }
    }

    private void run(Classifier engine, TaxonClient client) throws Exception {
        engine(engine);
        // Until the server's JVM has compiled what it runs, its compiler takes a good part of a core.
        for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
            server(client);
        }
        List<Double> ratios = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            double alone = engine(engine);
            double served = server(client);
            ratios.add(served / alone);
            System.out.printf(
                    Locale.ROOT, "engine %.1f/s, server %.1f/s, ratio %.2f%n", alone, served, served / alone);
        }
        ratios.sort(null);
        System.out.printf(Locale.ROOT, "%d clients: median ratio %.2f%n", clients, ratios.get(TURNS / 2));
    }

    private double engine(Classifier engine) {
        long start = System.nanoTime();
        int done = 0;
        while (System.nanoTime() - start < nanos) {
            List<ClassificationInput> batch = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                batch.add(ClassificationInput.of(texts.get((done + i) % texts.size()), labels));
            }
            engine.classify(batch);
            done += clients;
        }
        return done / ((System.nanoTime() - start) / 1e9);
    }

    private double server(TaxonClient client) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        AtomicInteger next = new AtomicInteger();
        AtomicLong done = new AtomicLong();
        String[] names = labels.toArray(String[]::new);
        long start = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            pool.submit(() -> {
                while (System.nanoTime() - start < nanos) {
                    client.classify(texts.get(next.getAndIncrement() % texts.size()), names);
                    done.incrementAndGet();
                }
            });
        }
        pool.shutdown();
        pool.awaitTermination(1, TimeUnit.MINUTES);
        return done.get() / ((System.nanoTime() - start) / 1e9);
    }
}

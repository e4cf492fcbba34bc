import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.adapter.AdapterReference;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.models.BuiltInModels;
import dev.taxon.sdk.TaxonClient;
import dev.taxon.sdk.TaxonException;
import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.ClassifyRequest;
import dev.taxon.training.data.LabelledSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jboss.logmanager.Logger;

/**
 * Examples a second of a running server whose clients ask a thousand adapters by Zipf's law (s = 1), one text a call, against
 * the engine alone on the same texts and adapters in batches of as many as there are clients, in turns. Both have room for
 * all of them, and have read them all before. The clients run on the same cores as the server.
 *
 * <p>Usage, beside a running {@code ./taxon up}, with adapters that ZipfAdapters.java has written into FOLDER: {@code java
 * -XX:TieredStopAtLevel=1 -cp "cli/target/taxon-cli.jar:$(cat cli/target/classpath)" benchmarks/AdapterServing.java URL KEY
 * DATA.jsonl.gz FOLDER [ADAPTERS] [CLIENTS] [SECONDS]}. The option is the server's own (ADR 19): the clients' optimising compiler
 * would take of the server's cores, too.
 */
final class AdapterServing {
    private static final int TURNS = 5;
    private static final int WARM_UP_TURNS = 3;

    /** Quarkus' log manager, which is on the class path here, has java.net.http write its debug messages otherwise, and keeps them. */
    private static final Logger HTTP_MESSAGES = Logger.getLogger("jdk.internal.httpclient.debug");

    private final List<String> texts;
    private final List<String> labels;
    private final int[] order;
    private final int clients;
    private final long nanos;

    private AdapterServing(List<String> texts, List<String> labels, int adapters, int clients, int seconds) {
        this.texts = texts;
        this.labels = labels;
        this.order = zipf(adapters);
        this.clients = clients;
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    public static void main(String[] arguments) throws Exception {
        HTTP_MESSAGES.setLevel(Level.OFF);
        var rows = LabelledSets.read(Path.of(arguments[2])).examples();
        Path folder = Path.of(arguments[3]);
        int adapters = number(arguments, 4, 1000);
        AdapterServing load = new AdapterServing(
                rows.stream().map(row -> row.text()).toList(),
                rows.get(0).allLabels(),
                adapters,
                number(arguments, 5, 64),
                number(arguments, 6, 15));
        TaxonClient client = TaxonClient.builder().baseUrl(arguments[0]).apiKey(arguments[1]).build();
        load.bringIn(client, folder, adapters);
        try (Checkpoint checkpoint = BuiltInModels.taxonSmall();
                Classifier engine = Classifiers.open(checkpoint, EngineOptions.defaults())) {
            List<AdapterReference> references = IntStream.range(0, adapters)
                    .mapToObj(number -> engine.readAdapter(folder.resolve(Integer.toString(number)))
                            .reference())
                    .toList();
            load.run(engine, references, client);
        }
    }

    private static int number(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }

    private void run(Classifier engine, List<AdapterReference> adapters, TaxonClient client) throws Exception {
        engine(engine, adapters);
        for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
            server(client);
        }
        double[] ratios = new double[TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            double alone = engine(engine, adapters);
            double served = server(client);
            ratios[turn] = served / alone;
            System.out.printf(
                    Locale.ROOT, "engine %.1f/s, server %.1f/s, ratio %.2f%n", alone, served, ratios[turn]);
        }
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT, "%d clients: median ratio %.2f%n", clients, ratios[TURNS / 2]);
    }

    private double engine(Classifier engine, List<AdapterReference> adapters) {
        long start = System.nanoTime();
        int done = 0;
        while (System.nanoTime() - start < nanos) {
            int first = done;
            engine.classify(IntStream.range(first, first + clients)
                    .mapToObj(call -> ClassificationInput.of(texts.get(call % texts.size()), labels)
                            .withAdapter(adapters.get(order[call % order.length])))
                    .toList());
            done += clients;
        }
        return done / ((System.nanoTime() - start) / 1e9);
    }

    private double server(TaxonClient client) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        long start = System.nanoTime();
        for (int number = 0; number < clients; number++) {
            pool.submit(() -> {
                while (System.nanoTime() - start < nanos) {
                    int call = next.getAndIncrement();
                    try {
                        client.classify(request(call, order[call % order.length]));
                        done.incrementAndGet();
                    } catch (TaxonException e) {
                        failed.incrementAndGet();
                        System.out.println(e.getMessage());
                    }
                }
            });
        }
        pool.shutdown();
        pool.awaitTermination(2, TimeUnit.MINUTES);
        if (failed.get() > 0) {
            System.out.println(failed + " calls failed");
        }
        return done.get() / ((System.nanoTime() - start) / 1e9);
    }

    private ClassifyRequest request(int call, int adapter) {
        return ClassifyRequest.of(ClassifyInput.builder(texts.get(call % texts.size()))
                .labels(labels.toArray(String[]::new))
                .adapter(name(adapter) + "@1")
                .build());
    }

    private static String name(int adapter) {
        return "zipf-" + adapter;
    }

    /** Imports the adapters and asks each once. */
    private void bringIn(TaxonClient client, Path folder, int adapters) throws IOException {
        System.out.println("bringing in " + adapters + " adapters");
        Path zip = Files.createTempFile("adapter", ".zip");
        for (int number = 0; number < adapters; number++) {
            try (ZipOutputStream target = new ZipOutputStream(Files.newOutputStream(zip))) {
                for (String file : List.of("adapter_config.json", "adapter_model.safetensors")) {
                    target.putNextEntry(new ZipEntry(file));
                    Files.copy(folder.resolve(Integer.toString(number)).resolve(file), target);
                }
            }
            client.adapters().versions(name(number)).importZip(zip);
            client.classify(request(number, number));
        }
        Files.delete(zip);
    }

    /** Who is asked, call by call: the n-th of them with a probability in proportion to 1 / n. */
    private static int[] zipf(int adapters) {
        double[] cumulative = new double[adapters];
        double sum = 0;
        for (int number = 0; number < adapters; number++) {
            sum += 1.0 / (number + 1);
            cumulative[number] = sum;
        }
        double whole = sum;
        SplittableRandom random = new SplittableRandom(1);
        return IntStream.range(0, 100_000)
                .map(call -> Arrays.binarySearch(cumulative, random.nextDouble(whole)))
                .map(place -> place < 0 ? -place - 1 : place)
                .toArray();
    }
}

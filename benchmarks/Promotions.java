import dev.taxon.core.CandidateLabel;
import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.core.adapter.AdapterWriter;
import dev.taxon.core.adapter.LowRankUpdate;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.models.BuiltInModels;
import dev.taxon.serving.postgres.EmbeddedPostgres;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Promotions on several nodes under load: a database and nodes of its own, as many versions as promotions, clients that send
 * one text each to every node at a part of the rate that the nodes reach together. Counted are requests that fail, answers
 * by a version that was replaced before they were asked for, and nodes that go back to an older version.
 *
 * <p>With {@code pause}, one node is stopped (SIGSTOP) for some seconds in the middle, as a machine that swaps or is moved;
 * what it refuses until it has caught up is counted apart.
 *
 * <p>Usage: {@code java -cp "cli/target/taxon-cli.jar:$(cat cli/target/classpath)" benchmarks/Promotions.java
 * serving/target/quarkus-app/quarkus-run.jar [PROMOTIONS] [NODES] [LOAD_PERCENT] [pause]}
 */
final class Promotions {
    private static final int FIRST_PORT = 18_180;
    private static final int CLIENTS_A_NODE = 4;
    private static final int RANK = 8;
    private static final Duration CAPACITY = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(8);
    private static final Pattern VERSION = Pattern.compile("\"adapter\":\"support@([0-9]+)\"");
    private static final String BODY = "{\"texts\": [\"My parcel should have been here on Monday, and nobody answers the"
            + " telephone. Where is it, and who pays me back?\"], \"adapter\": \"support\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<URI> nodes;
    private final String key;
    private final AtomicInteger promised = new AtomicInteger(1);
    private final int[] highest;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicInteger wentBack = new AtomicInteger();
    private volatile boolean stopping;

    private Promotions(int nodes, String key) {
        this.nodes = Stream.iterate(FIRST_PORT, port -> port + 1)
                .limit(nodes)
                .map(port -> URI.create("http://127.0.0.1:" + port))
                .toList();
        this.key = key;
        this.highest = new int[nodes];
    }

    public static void main(String[] arguments) throws Exception {
        int promotions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        int nodes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        double load = arguments.length > 3 ? Integer.parseInt(arguments[3]) / 100.0 : 0.4;
        boolean pause = arguments.length > 4 && arguments[4].equals("pause");
        Path folder = Files.createTempDirectory("taxon-promotions");
        List<Process> servers = new ArrayList<>();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            try {
                for (int node = 0; node < nodes; node++) {
                    servers.add(server(arguments[0], postgres, FIRST_PORT + node));
                    awaitReady(FIRST_PORT + node);
                }
                Promotions run = new Promotions(nodes, key(postgres));
                run.importVersions(promotions + 1);
                run.run(promotions, load, pause ? Optional.of(servers.get(nodes - 1)) : Optional.empty());
            } finally {
                servers.forEach(Process::destroy);
                for (Process server : servers) {
                    server.waitFor();
                }
            }
        }
    }

    private void run(int promotions, double load, Optional<Process> pausing) throws Exception {
        promote(1);
        double capacity = traffic(Double.MAX_VALUE, () -> Thread.sleep(CAPACITY.toMillis()));
        answered.set(0);
        List<Double> seconds = new ArrayList<>();
        double rate = traffic(capacity * load, () -> {
            for (int version = 2; version <= promotions + 1; version++) {
                if (version == promotions / 2) {
                    pause(pausing);
                }
                seconds.add(promote(version));
                promised.set(version);
            }
            // Whoever was stopped has been let go on by now, and shows what it answers.
            Thread.sleep(pausing.isPresent() ? PAUSE.toMillis() : 0);
        });
        seconds.sort(null);
        System.out.printf(
                Locale.ROOT,
                "%d nodes, capacity %.1f/s, load %.1f/s: %d answers, %d failed, %d refused while fenced, %d by a replaced"
                        + " version, %d went back%n%d promotions: p50 %.0f ms, p99 %.0f ms, longest %.0f ms%n",
                nodes.size(),
                capacity,
                rate,
                answered.get(),
                failed.get(),
                refused.get(),
                broken.get(),
                wentBack.get(),
                seconds.size(),
                1_000 * seconds.get(seconds.size() / 2),
                1_000 * seconds.get((int) Math.ceil(0.99 * seconds.size()) - 1),
                1_000 * seconds.get(seconds.size() - 1));
    }

    /** What is done while there is traffic. */
    private interface Meanwhile {
        void run() throws Exception;
    }

    /** Traffic to all nodes at a rate, for as long as something takes; answers with the rate that came about. */
    private double traffic(double rate, Meanwhile meanwhile) throws Exception {
        stopping = false;
        int clients = CLIENTS_A_NODE * nodes.size();
        long interval = (long) (1e9 * clients / rate);
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        long start = System.nanoTime();
        for (int client = 0; client < clients; client++) {
            int node = client % nodes.size();
            pool.submit(() -> callUntilStopped(node, interval));
        }
        meanwhile.run();
        stopping = true;
        pool.shutdown();
        pool.awaitTermination(1, TimeUnit.MINUTES);
        return answered.get() / ((System.nanoTime() - start) / 1e9);
    }

    private void callUntilStopped(int node, long interval) {
        long next = System.nanoTime() + (long) (Math.random() * interval);
        while (!stopping) {
            LockSupport.parkNanos(next - System.nanoTime());
            call(node);
            next = Math.max(System.nanoTime(), next + interval);
        }
    }

    private void call(int node) {
        int before = promised.get();
        int highestBefore = highest(node, 0);
        try {
            HttpResponse<String> response = http.send(
                    request(nodes.get(node) + "/v1/classify", "application/json")
                            .POST(BodyPublishers.ofString(BODY))
                            .build(),
                    BodyHandlers.ofString());
            Matcher version = VERSION.matcher(response.body());
            if (response.statusCode() == 200 && version.find()) {
                judge(node, Integer.parseInt(version.group(1)), before, highestBefore);
            } else if (response.statusCode() == 503 && response.body().contains("catching up")) {
                refused.incrementAndGet();
            } else {
                failed.incrementAndGet();
                System.err.println(response.statusCode() + " " + response.body());
            }
        } catch (IOException | InterruptedException failure) {
            failed.incrementAndGet();
            System.err.println(failure);
        }
    }

    private void judge(int node, int version, int before, int highestBefore) {
        answered.incrementAndGet();
        if (version < before) {
            broken.incrementAndGet();
        }
        if (version < highestBefore) {
            wentBack.incrementAndGet();
        }
        highest(node, version);
    }

    private synchronized int highest(int node, int version) {
        highest[node] = Math.max(highest[node], version);
        return highest[node];
    }

    private static void pause(Optional<Process> node) throws Exception {
        if (node.isPresent()) {
            signal("STOP", node.get());
            Executors.newSingleThreadScheduledExecutor(work -> {
                        Thread thread = new Thread(work);
                        thread.setDaemon(true);
                        return thread;
                    })
                    .schedule(() -> signal("CONT", node.get()), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static int signal(String name, Process process) throws Exception {
        return new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /** Seconds that a promotion took. */
    private double promote(int version) throws Exception {
        long start = System.nanoTime();
        send(request(nodes.get(0) + "/v1/adapters/support/promote", "application/json")
                .POST(BodyPublishers.ofString("{\"version\": " + version + "}")));
        return (System.nanoTime() - start) / 1e9;
    }

    private void importVersions(int count) throws Exception {
        for (int version = 1; version <= count; version++) {
            send(request(nodes.get(0) + "/v1/adapters/support/versions", "application/zip")
                    .POST(BodyPublishers.ofByteArray(zip(version))));
        }
    }

    private HttpRequest.Builder request(String uri, String type) {
        return HttpRequest.newBuilder(URI.create(uri))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", type);
    }

    private void send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
    }

    /** An adapter on every linear layer of the encoder's first block, unlike any other. */
    private static byte[] zip(int seed) throws IOException {
        Map<String, LowRankUpdate> updates = new LinkedHashMap<>();
        Random random = new Random(seed);
        try (Checkpoint checkpoint = BuiltInModels.taxonSmall()) {
            WeightShapes.linearLayers(checkpoint.config()).entrySet().stream()
                    .limit(6)
                    .forEach(layer -> updates.put(layer.getKey(), update(layer.getValue(), random)));
        }
        AdapterSettings settings = new AdapterSettings(
                Stream.of("billing", "delivery", "complaint", "praise")
                        .map(name -> new CandidateLabel(name, null, null))
                        .toList(),
                Optional.of(Mode.SINGLE_LABEL),
                1,
                OptionalDouble.empty(),
                Map.of());
        Path folder = Files.createTempDirectory("taxon-version");
        AdapterWriter.write(new Adapter("", settings, updates, Optional.empty()), folder);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
                Files.copy(file, zip);
                zip.closeEntry();
                Files.delete(file);
            }
        }
        Files.delete(folder);
        return bytes.toByteArray();
    }

    private static LowRankUpdate update(List<Long> shape, Random random) {
        int out = shape.get(0).intValue();
        int in = shape.get(1).intValue();
        return new LowRankUpdate(RANK, in, out, numbers(random, RANK * in), numbers(random, RANK * out), null);
    }

    private static FloatBuffer numbers(Random random, int count) {
        FloatBuffer numbers = FloatBuffer.allocate(count);
        for (int i = 0; i < count; i++) {
            numbers.put(i, (float) random.nextGaussian() / 100);
        }
        return numbers;
    }

    /** As {@code taxon up} starts an api on few processors; threads that wait without sleeping take them from other nodes. */
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m");

    private static final Map<String, String> SETTINGS = Map.of(
            "GOMP_SPINCOUNT", "3000",
            "MALLOC_ARENA_MAX", "2",
            "MALLOC_MMAP_THRESHOLD_", "1073741824",
            "MALLOC_TRIM_THRESHOLD_", "2147483648",
            "MALLOC_TOP_PAD_", "67108864",
            "ONEDNN_PRIMITIVE_CACHE_CAPACITY", "512",
            "LRU_CACHE_CAPACITY", "64");

    private static Process server(String jar, EmbeddedPostgres postgres, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(OPTIONS);
        command.addAll(List.of("-jar", jar));
        ProcessBuilder server = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = server.environment();
        SETTINGS.forEach(environment::putIfAbsent);
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl());
        environment.put("QUARKUS_DATASOURCE_USERNAME", postgres.applicationUser());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.applicationPassword());
        environment.put("TAXON_DATABASE_APPLICATION_ROLE", postgres.applicationUser());
        environment.put("QUARKUS_FLYWAY_USERNAME", postgres.ownerUser());
        environment.put("QUARKUS_FLYWAY_PASSWORD", postgres.ownerPassword());
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        return server.redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Path.of("target", "promotions-" + port + ".log").toFile()))
                .start();
    }

    private static void awaitReady(int port) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                .build();
        for (int attempt = 0; attempt < 600; attempt++) {
            try {
                if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It is starting.
            }
            Thread.sleep(200);
        }
        throw new IllegalStateException("The node on port " + port + " did not start; see target/promotions-*.log.");
    }

    private static String key(EmbeddedPostgres postgres) {
        TenantKeys keys = new TenantKeys(dataSource(postgres));
        return keys.createKey(keys.findOrCreate("acme"), Scope.all()).token();
    }

    private static DataSource dataSource(EmbeddedPostgres postgres) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(postgres.jdbcUrl());
        source.setUser(postgres.applicationUser());
        source.setPassword(postgres.applicationPassword());
        return source;
    }
}

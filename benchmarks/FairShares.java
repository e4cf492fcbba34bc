import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What others notice of a tenant that floods: the times of the others' answers, who together send half of what the server
 * reaches, without and beside one tenant whose clients send as much as they can.
 *
 * <p>Usage, beside a running {@code ./taxon up}: {@code java benchmarks/FairShares.java FLOODING_KEY KEY...}, with the keys of
 * tenants of equal weight
 */
final class FairShares {
    private static final URI CLASSIFY = URI.create("http://127.0.0.1:8080/v1/classify");
    private static final Duration TURN = Duration.ofSeconds(12);
    private static final int CLOSED_CLIENTS = 16;
    private static final int CLIENTS_A_TENANT = 4;
    private static final int FLOODING_CLIENTS = 64;
    private static final int FLOODING_TEXTS = 8;
    private static final String TEXT = "\"My parcel should have been here on Monday, and nobody answers the telephone. Where"
            + " is it, and who pays me back?\"";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String flooding;
    private final List<String> others;

    private FairShares(String flooding, List<String> others) {
        this.flooding = flooding;
        this.others = others;
    }

    /** What became of the calls of a turn. */
    private static final class Turn {
        final List<Double> millis = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger refused = new AtomicInteger();
        final AtomicInteger failed = new AtomicInteger();
        volatile boolean over;

        double percentile(double part) {
            List<Double> sorted = new ArrayList<>(millis);
            sorted.sort(null);
            return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.ceil(part * sorted.size()) - 1);
        }
    }

    public static void main(String[] arguments) throws Exception {
        new FairShares(arguments[0], List.of(arguments).subList(1, arguments.length)).run();
    }

    private void run() throws Exception {
        Turn warm = new Turn();
        turn(warm, 0, new Turn(), false);
        Turn closed = new Turn();
        turn(closed, 0, new Turn(), false);
        double capacity = closed.millis.size() / (double) TURN.toSeconds();
        for (int round = 0; round < 2; round++) {
            Turn alone = new Turn();
            turn(alone, capacity / 2, new Turn(), false);
            Turn beside = new Turn();
            Turn flood = new Turn();
            turn(beside, capacity / 2, flood, true);
            System.out.printf(
                    Locale.ROOT,
                    "capacity %.1f/s; others alone: p50 %.0f ms, p95 %.0f ms; beside a flood: p50 %.0f ms, p95 %.0f ms,"
                            + " %d refused, %d failed; the flood: %d answers of %d texts, p50 %.0f ms, %d refused, %d failed%n",
                    capacity,
                    alone.percentile(0.5),
                    alone.percentile(0.95),
                    beside.percentile(0.5),
                    beside.percentile(0.95),
                    beside.refused.get(),
                    beside.failed.get(),
                    flood.millis.size(),
                    FLOODING_TEXTS,
                    flood.percentile(0.5),
                    flood.refused.get(),
                    flood.failed.get());
        }
    }

    /** Calls of the others at a rate, or as fast as answers come where it is 0, beside the flood or not. */
    private void turn(Turn turn, double rate, Turn flood, boolean flooded) throws InterruptedException {
        int clients = rate == 0 ? CLOSED_CLIENTS : CLIENTS_A_TENANT * others.size();
        long interval = rate == 0 ? 0 : (long) (1e9 * clients / rate);
        ExecutorService pool = Executors.newCachedThreadPool();
        for (int client = 0; client < clients; client++) {
            String key = others.get(client % others.size());
            pool.submit(() -> callUntilOver(turn, key, 1, interval));
        }
        for (int client = 0; flooded && client < FLOODING_CLIENTS; client++) {
            pool.submit(() -> callUntilOver(flood, flooding, FLOODING_TEXTS, 0));
        }
        Thread.sleep(TURN.toMillis());
        turn.over = true;
        flood.over = true;
        pool.shutdown();
        pool.awaitTermination(1, TimeUnit.MINUTES);
    }

    private void callUntilOver(Turn turn, String key, int texts, long interval) {
        long next = System.nanoTime() + (long) (Math.random() * interval);
        while (!turn.over) {
            LockSupport.parkNanos(next - System.nanoTime());
            call(turn, key, texts);
            next = Math.max(System.nanoTime(), next + interval);
        }
    }

    private void call(Turn turn, String key, int texts) {
        String body = "{\"texts\": [" + String.join(", ", Collections.nCopies(texts, TEXT))
                + "], \"labels\": [\"billing\", \"delivery\", \"complaint\", \"praise\"]}";
        long start = System.nanoTime();
        try {
            int status = http.send(
                            HttpRequest.newBuilder(CLASSIFY)
                                    .timeout(Duration.ofMinutes(1))
                                    .header("Authorization", "Bearer " + key)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            if (status == 200) {
                turn.millis.add((System.nanoTime() - start) / 1e6);
            } else {
                (status == 503 || status == 429 ? turn.refused : turn.failed).incrementAndGet();
            }
        } catch (Exception failure) {
            turn.failed.incrementAndGet();
        }
    }
}

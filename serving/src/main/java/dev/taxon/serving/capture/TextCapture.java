package dev.taxon.serving.capture;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.taxon.serving.log.SafeTrace;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Keeps answers of tenants that chose so, behind the answers: no request waits for it, and none asks the database, as what
 * tenants chose is remembered for some seconds. What does not fit into its memory, or what the database does not take, is
 * not kept. Thread-safe.
 */
@Singleton
public final class TextCapture {
    private static final Logger LOG = Logger.getLogger(TextCapture.class);
    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final int MOST_TENANTS = 100_000;
    private static final int MOST_CHARACTERS = 32 << 20;
    private static final int ANSWERS_A_TRANSACTION = 1_000;

    private final AnswerStore answers;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "capture");
        thread.setDaemon(true);
        return thread;
    });
    private final AsyncLoadingCache<UUID, CaptureSettings> settings;
    private final ConcurrentLinkedQueue<Kept> queue = new ConcurrentLinkedQueue<>();
    private final Semaphore room = new Semaphore(MOST_CHARACTERS);
    private final LongAdder dropped = new LongAdder();

    TextCapture(AnswerStore answers, TenantSettings settings) {
        this.answers = answers;
        this.settings = Caffeine.newBuilder()
                .maximumSize(MOST_TENANTS)
                .expireAfterWrite(REMEMBERED)
                .executor(writer)
                .buildAsync(settings::read);
    }

    /** An answer, and for how many characters it was let in. */
    private record Kept(UUID tenant, CapturedAnswer answer, int characters) {}

    /**
     * Keeps answers where their tenant chose so; returns at once.
     *
     * @param given asked for only then, perhaps on another thread
     */
    public void keep(UUID tenant, Supplier<List<CapturedAnswer>> given) {
        var unused = settings.get(tenant).thenAccept(chosen -> {
            if (chosen.keepsAnswers()) {
                offer(tenant, given.get(), chosen);
                writer.execute(this::drain);
            }
        });
    }

    private void offer(UUID tenant, List<CapturedAnswer> given, CaptureSettings chosen) {
        List<String> offered = List.of();
        for (CapturedAnswer each : given) {
            CapturedAnswer answer = chosen.texts() ? each : each.withoutText();
            // Texts of one request share their list of labels, in memory, too.
            int characters = answer.characters() + (answer.offered() == offered ? 0 : answer.charactersOffered());
            offered = answer.offered();
            if (room.tryAcquire(characters)) {
                queue.add(new Kept(tenant, answer, characters));
            } else {
                dropped.increment();
            }
        }
    }

    private void drain() {
        List<Kept> batch = new ArrayList<>();
        for (Kept kept = queue.poll(); kept != null; kept = queue.poll()) {
            batch.add(kept);
            if (batch.size() == ANSWERS_A_TRANSACTION) {
                store(batch);
                batch.clear();
            }
        }
        store(batch);
        tellOfDropped();
    }

    private void tellOfDropped() {
        long answersDropped = dropped.sumThenReset();
        if (answersDropped > 0) {
            LOG.warnf("%d answers were not kept: they came faster than the database took them.", answersDropped);
        }
    }

    private void store(List<Kept> batch) {
        batch.stream().collect(Collectors.groupingBy(Kept::tenant)).forEach(this::store);
    }

    private void store(UUID tenant, List<Kept> kept) {
        try {
            answers.add(tenant, kept.stream().map(Kept::answer).toList());
        } catch (RuntimeException failure) {
            LOG.warnf("%d answers could not be kept: %s", kept.size(), SafeTrace.of(failure));
        } finally {
            room.release(kept.stream().mapToInt(Kept::characters).sum());
        }
    }

    /** Forgets what a tenant chose before; other nodes do so within seconds. */
    void forget(UUID tenant) {
        settings.synchronous().invalidate(tenant);
    }

    /** Waits until what was to be kept before this call is stored, or the time is up. */
    public void settle(Duration most) {
        try {
            writer.submit(this::drain).get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            LOG.debug("Answers are kept later than somebody waited for them.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        writer.shutdown();
        if (!writer.awaitTermination(REMEMBERED.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Some of the last answers were not kept: the database was too slow.");
        }
    }
}

package dev.taxon.serving.classify;

import dev.taxon.core.Classification;
import dev.taxon.core.InputException;
import dev.taxon.core.LabelScore;
import dev.taxon.serving.batching.Deadline;
import dev.taxon.serving.batching.OverloadedException;
import dev.taxon.serving.batching.Share;
import dev.taxon.serving.batching.Ticker;
import dev.taxon.serving.deployment.ComparisonCounts;
import dev.taxon.serving.deployment.ShadowVersion;
import dev.taxon.serving.model.Base;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Lets shadows classify what was answered, and counts what both said. Nobody waits for it, and it gives way: on a node that is
 * busy, texts are left out. Thread-safe.
 */
@Singleton
final class ShadowTraffic {
    private static final Logger LOG = Logger.getLogger(ShadowTraffic.class);
    private static final int MOST_WAITING = 64;
    private static final Duration BUSY = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Ticker ticker;
    private final ComparisonCounts counts;
    private final ThreadPoolExecutor encoder = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            ShadowTraffic::thread,
            new ThreadPoolExecutor.DiscardPolicy());

    ShadowTraffic(Ticker ticker, ComparisonCounts counts) {
        this.ticker = ticker;
        this.counts = counts;
    }

    /** A text that was answered and has a shadow. */
    private record Followed(Task task, String answered, BoundRow row) {}

    /** Has the texts of a request that was answered classified by their shadows, some time later or not at all. */
    void follow(Share share, List<Task> tasks, List<Classification> answers) {
        if (tasks.stream().anyMatch(task -> task.shadow().isPresent())) {
            encoder.execute(() -> compare(share, tasks, answers));
        }
    }

    private void compare(Share share, List<Task> tasks, List<Classification> answers) {
        try {
            submit(share, followed(tasks, answers));
        } catch (OverloadedException busy) {
            // Left out, as said.
        } catch (RuntimeException failure) {
            LOG.debugf("A shadow did not classify (%s).", failure.getClass().getSimpleName());
        }
    }

    private void submit(Share share, List<Followed> followed) {
        BoundRows rows = new BoundRows(followed.stream().map(Followed::row).toList());
        rows.submit(share, Deadline.after(ticker.nanos(), PATIENCE)).thenAccept(scored -> {
            for (int i = 0; i < followed.size(); i++) {
                count(share, followed.get(i), scored.get(i));
            }
        });
    }

    private List<Followed> followed(List<Task> tasks, List<Classification> answers) {
        List<Followed> followed = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            Optional<String> answered = best(answers.get(i));
            Optional<Base> base = task.shadow().map(ShadowVersion::base).filter(ShadowTraffic::hasTime);
            if (answered.isPresent() && base.isPresent()) {
                encode(task, base.get(), answered.get(), followed);
            }
        }
        return followed;
    }

    private static boolean hasTime(Base base) {
        return base.batcher().backlog().compareTo(BUSY) < 0;
    }

    private static void encode(Task task, Base base, String answered, List<Followed> followed) {
        try {
            BoundRow row = new BoundRow(base, base.classifier().encode(task.shadowInput()));
            followed.add(new Followed(task, answered, row));
        } catch (InputException unfit) {
            // The shadow cannot take what the active version could: there is nothing to compare.
        }
    }

    private void count(Share share, Followed followed, Classification scored) {
        Task task = followed.task();
        best(scored)
                .ifPresent(label -> counts.count(new ComparisonCounts.Pair(
                        share.tenant(),
                        task.adapter().orElseThrow().adapter(),
                        task.adapter().orElseThrow().number(),
                        task.shadow().orElseThrow().number(),
                        followed.answered(),
                        label)));
    }

    private static Optional<String> best(Classification classification) {
        return classification instanceof Classification.Scored scored
                ? scored.scores().stream().findFirst().map(LabelScore::label)
                : Optional.empty();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "taxon-shadow");
        thread.setDaemon(true);
        return thread;
    }

    @PreDestroy
    void stop() {
        encoder.shutdownNow();
    }
}

package dev.taxon.serving.adapter;

import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.batching.OverloadedException;
import dev.taxon.serving.batching.Ticker;
import dev.taxon.serving.config.TaxonSettings;
import dev.taxon.serving.http.CurrentDeadline;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.scratch.DiskException;
import dev.taxon.serving.scratch.WorkFolder;
import dev.taxon.serving.scratch.WorkFolders;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The weights of versions as {@link StoredContents} reads them, kept in this node's memory by their digest. Reading
 * happens on the thread that asks; nobody waits for it who asks for another. Thread-safe.
 */
@Singleton
public final class AdapterContents {
    private static final long LEAST_BUDGET = 256L << 20;
    private static final int LOADS_AT_ONCE = 6;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final StoredContents stored;
    private final WorkFolders folders;
    private final ContentCache cache;
    private final LoadRate rate;
    private final CurrentDeadline deadline;
    private final Semaphore loads = new Semaphore(LOADS_AT_ONCE, true);

    AdapterContents(
            StoredContents stored,
            WorkFolders folders,
            TaxonSettings settings,
            Ticker ticker,
            CurrentDeadline deadline,
            ContentMetrics metrics) {
        TaxonSettings.Caches caches = settings.caches();
        this.stored = stored;
        this.folders = folders;
        this.deadline = deadline;
        long budget = caches.adapterMemoryBytes().orElseGet(AdapterContents::ordinaryBudget);
        this.cache = new ContentCache(budget, budget * caches.tenantPercent() / 100);
        metrics.watch(cache);
        this.rate = new LoadRate(caches.coldLoadsPerSecond(), ticker);
    }

    /**
     * The weights of a version, for a call of its tenant.
     *
     * @throws ProblemException when the tenant asks for more at a time than its share of cold ones, or when what is stored is
     *     damaged
     * @throws CheckpointException for a version that does not fit the base
     * @throws DiskException when this node has no room to write it to for a while
     */
    public Adapter get(StoredContent content) {
        return cache.get(content.tenant(), content.digest(), () -> {
            if (!rate.take(content.tenant())) {
                throw tooMany();
            }
            return load(content);
        });
    }

    /** The weights of a version that is about to answer, whose loading is no call's and counts as none. */
    public Adapter prepare(StoredContent content) {
        return cache.get(content.tenant(), content.digest(), () -> load(content));
    }

    private static long ordinaryBudget() {
        return Math.max(LEAST_BUDGET, Runtime.getRuntime().maxMemory() / 8);
    }

    private Adapter load(StoredContent content) {
        awaitTurn();
        try (WorkFolder folder = folders.open()) {
            return stored.read(content, folder.path());
        } catch (IOException failure) {
            throw new DiskException(failure);
        } finally {
            loads.release();
        }
    }

    private void awaitTurn() {
        try {
            if (loads.tryAcquire(deadline.atMost(LONGEST_WAIT).toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new OverloadedException("This node is busy loading other adapters. Try again later.", PAUSE);
    }

    private static ProblemException tooMany() {
        return new ProblemException(
                Problem.of(
                        ErrorCode.QUOTA_EXCEEDED,
                        "This tenant uses more adapters that are not in memory than its share of loading them allows."
                                + " Try again later."),
                PAUSE);
    }
}

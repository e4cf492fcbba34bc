package dev.taxon.core.model;

import dev.taxon.core.CacheStatistics;
import dev.taxon.core.adapter.AdapterReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * Adapters on the device, by digest, within a budget of bytes: the least recently used is dropped first, and one that a
 * pass reads is never. When all are being read the budget is exceeded until one is released. Loading happens on the thread
 * that asks, outside any lock, once however many ask; nobody else waits for it.
 *
 * <p>Thread-safe. Owns what it holds until closed; closing is for when no pass runs any more. It waits for what is being
 * loaded, and nothing is loaded after it, so that the model may be closed then.
 */
public final class AdapterCache implements AutoCloseable {
    private final long budget;
    private final Function<AdapterReference, ResidentAdapter> loader;
    private final Map<String, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();
    private final AtomicLong bytesLoaded = new AtomicLong();
    /** Held for reading while an adapter is loaded. */
    private final ReadWriteLock closing = new ReentrantReadWriteLock();

    private boolean closed;
    private long bytes;

    /**
     * An empty cache.
     *
     * @param budget bytes of adapters to keep on the device
     * @param loader reads an adapter and copies it to the device
     */
    public AdapterCache(long budget, Function<AdapterReference, ResidentAdapter> loader) {
        this.budget = budget;
        this.loader = loader;
    }

    private static final class Entry {
        final CompletableFuture<ResidentAdapter> adapter = new CompletableFuture<>();
        int pins;
    }

    /** An adapter that stays on the device until this is closed, once. */
    public final class Pin implements AutoCloseable {
        private final Entry entry;

        private Pin(Entry entry) {
            this.entry = entry;
        }

        public ResidentAdapter adapter() {
            return entry.adapter.join();
        }

        @Override
        public void close() {
            release(entry);
        }
    }

    /** Loads an adapter where it is not there yet, and keeps it there. What loading throws is thrown here. */
    public Pin pin(AdapterReference reference) {
        return pin(reference, true);
    }

    /** The same once more for a row that was pinned for before, which counts as no look-up where it is still there. */
    Pin pinAgain(AdapterReference reference) {
        return pin(reference, false);
    }

    private Pin pin(AdapterReference reference, boolean counts) {
        Entry entry;
        boolean missing;
        synchronized (entries) {
            Entry known = entries.get(reference.digest());
            missing = known == null;
            entry = known == null ? new Entry() : known;
            if (missing) {
                entries.put(reference.digest(), entry);
            }
            entry.pins++;
        }
        if (missing) {
            misses.incrementAndGet();
            load(reference, entry);
        } else if (counts) {
            hits.incrementAndGet();
        }
        return pinned(entry);
    }

    private Pin pinned(Entry entry) {
        try {
            entry.adapter.join();
            return new Pin(entry);
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private void load(AdapterReference reference, Entry entry) {
        closing.readLock().lock();
        try {
            requireOpen();
            ResidentAdapter loaded = loader.apply(reference);
            List<ResidentAdapter> dropped;
            synchronized (entries) {
                bytes += loaded.bytes();
                dropped = makeRoom();
            }
            bytesLoaded.addAndGet(loaded.bytes());
            entry.adapter.complete(loaded);
            dropped.forEach(ResidentAdapter::close);
        } catch (RuntimeException | Error failure) {
            synchronized (entries) {
                entries.remove(reference.digest(), entry);
            }
            entry.adapter.completeExceptionally(failure);
        } finally {
            closing.readLock().unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the adapters are closed");
        }
    }

    private void release(Entry entry) {
        List<ResidentAdapter> dropped;
        synchronized (entries) {
            entry.pins--;
            dropped = makeRoom();
        }
        dropped.forEach(ResidentAdapter::close);
    }

    /** What has to go; the caller holds the lock and closes these after it. */
    private List<ResidentAdapter> makeRoom() {
        List<ResidentAdapter> dropped = new ArrayList<>();
        Iterator<Entry> eldest = entries.values().iterator();
        while (bytes > budget && eldest.hasNext()) {
            Entry entry = eldest.next();
            ResidentAdapter adapter = entry.pins == 0 ? entry.adapter.getNow(null) : null;
            if (adapter != null) {
                eldest.remove();
                bytes -= adapter.bytes();
                dropped.add(adapter);
            }
        }
        return dropped;
    }

    public CacheStatistics statistics() {
        synchronized (entries) {
            return new CacheStatistics(hits.get(), misses.get(), bytesLoaded.get(), entries.size(), bytes);
        }
    }

    @Override
    public void close() {
        closing.writeLock().lock();
        try {
            closed = true;
            free();
        } finally {
            closing.writeLock().unlock();
        }
    }

    private void free() {
        synchronized (entries) {
            entries.values().stream()
                    .map(entry -> entry.adapter.getNow(null))
                    .filter(java.util.Objects::nonNull)
                    .forEach(ResidentAdapter::close);
            entries.clear();
            bytes = 0;
        }
    }
}

package dev.taxon.core.torch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Lets calls pass until it is closed for good; those that come later wait forever. Closing it waits until it is held open no
 * more, and then for the calls that have passed. Thread-safe; a call must not make another.
 */
final class CallGate {
    private final ReentrantReadWriteLock calls = new ReentrantReadWriteLock();
    private final Object change = new Object();
    private int holds;

    <T> T pass(Supplier<T> call) {
        calls.readLock().lock();
        try {
            return call.get();
        } finally {
            calls.readLock().unlock();
        }
    }

    /** Keeps it open until what is returned is closed, which may be done more than once and on another thread. */
    NativeCalls.Hold hold() {
        synchronized (change) {
            holds++;
        }
        return new Held();
    }

    private final class Held implements NativeCalls.Hold {
        private boolean over;

        @Override
        public void close() {
            synchronized (change) {
                if (!over) {
                    over = true;
                    holds--;
                    change.notifyAll();
                }
            }
        }
    }

    /**
     * Closes it for good, on the one thread that ever does.
     *
     * @param patience how long the calls that have passed may take
     * @return false where one took longer; the gate is closed nevertheless for those to come as long as the caller waits
     */
    boolean close(Duration patience) throws InterruptedException {
        synchronized (change) {
            while (holds > 0) {
                change.wait();
            }
        }
        return calls.writeLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}

package dev.taxon.core.torch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Lets calls pass until it is closed for good. Closing it waits until it is held open no more, and then for the calls that
 * have passed. Thread-safe; a call must not make another.
 */
final class CallGate {
    private final ReentrantReadWriteLock calls = new ReentrantReadWriteLock();
    private final Object change = new Object();
    private final Duration patience;
    private int holds;
    private boolean closed;

    /** @param patience how long each waits at most: for holds, for calls that have passed, and for a closed gate */
    CallGate(Duration patience) {
        this.patience = patience;
    }

    /** @throws IllegalStateException when it is closed, after a while, in which the process should have ended */
    <T> T pass(Supplier<T> call) {
        if (!entered()) {
            throw ended();
        }
        try {
            return call.get();
        } finally {
            calls.readLock().unlock();
        }
    }

    /** Interrupts are the caller's, who may well go on after them. */
    private boolean entered() {
        boolean interrupted = Thread.interrupted();
        try {
            long end = System.nanoTime() + patience.toNanos();
            while (true) {
                try {
                    return calls.readLock().tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Keeps it open until what is returned is closed, which may be done more than once and on another thread.
     *
     * @throws IllegalStateException when it is closed
     */
    NativeCalls.Hold hold() {
        synchronized (change) {
            if (closed) {
                throw ended();
            }
            holds++;
        }
        return new Held();
    }

    private static IllegalStateException ended() {
        return new IllegalStateException("This process is ending; nothing is computed any more.");
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

    /** Closes it for good, on the one thread that ever does; false where a call that has passed takes too long. */
    boolean close() throws InterruptedException {
        awaitHolds();
        return calls.writeLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void awaitHolds() throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (change) {
            while (holds > 0 && end - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(change, Math.max(1, end - System.nanoTime()));
            }
            closed = true;
        }
    }
}

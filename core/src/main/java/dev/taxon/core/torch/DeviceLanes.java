package dev.taxon.core.torch;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that call libtorch. A piece of work that is alone gets all cores. Pieces that run side by side get their
 * share of the cores each: threads of one forward pass wait for each other at every product, so that two passes on a core
 * each finish sooner than one after the other on both, and what else runs on a core holds up one of them alone.
 *
 * <p>Work that is alone always runs on the first lane. Every thread that uses all cores has a team of threads of its own
 * for it, and more such threads than cores slow each other down even while they wait: a row alone took a third longer when
 * lanes took turns.
 *
 * <p>Everyone else hands work to the lanes and waits. Thread-safe. Work must not hand on work of its own.
 */
public final class DeviceLanes implements AutoCloseable {
    /** Beyond this, more cores help a lane more than more lanes do. */
    private static final int MOST_LANES = 4;

    private final int cores;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private boolean closed;

    /** Lanes over the cores that libtorch takes; one, where they only hand work to a GPU. */
    public DeviceLanes(Device device) {
        Torch.initialize();
        cores = JniUtils.getNumThreads();
        int count = device.isGpu() ? 1 : Math.min(cores, MOST_LANES);
        for (int number = 0; number < count; number++) {
            lanes.add(new Lane(number));
        }
        lanes.forEach(Lane::start);
    }

    /** One thread, and what it was given to do next. */
    private final class Lane extends Thread {
        private final int number;
        private final Condition given = lock.newCondition();
        private @Nullable Runnable work;
        private boolean idle = true;

        Lane(int number) {
            super("taxon-device-" + (number + 1));
            this.number = number;
            setDaemon(true);
        }

        @Override
        public void run() {
            for (Runnable next = take(); next != null; next = take()) {
                boolean alone = number == 0 && unfinished.get() <= 1;
                Torch.prepareThread(alone ? cores : Math.max(1, cores / lanes.size()));
                next.run();
            }
        }

        /** Waits for work; null once the lanes are closed and nothing waits. */
        private @Nullable Runnable take() {
            lock.lock();
            try {
                if (work == null) {
                    work = waiting.poll();
                }
                idle = work == null;
                while (idle && !closed) {
                    given.awaitUninterruptibly();
                }
                Runnable next = work;
                work = null;
                return next;
            } finally {
                lock.unlock();
            }
        }

        /** Called under the lock, of an idle lane. */
        void give(Runnable piece) {
            work = piece;
            idle = false;
            given.signal();
        }
    }

    /** How many pieces run side by side. */
    public int count() {
        return lanes.size();
    }

    /** Runs the work on a lane and waits for it; what it throws is thrown here. */
    public <T> T call(Supplier<T> work) {
        return callAll(List.of(work)).get(0);
    }

    /**
     * Runs pieces of work side by side and waits for all of them, interrupted or not; what the first to fail throws is
     * thrown here.
     */
    public <T> List<T> callAll(List<Supplier<T>> pieces) {
        List<FutureTask<T>> futures =
                pieces.stream().map(piece -> new FutureTask<>(() -> run(piece))).toList();
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the device is closed");
            }
            // Before the first starts, so that it knows of the others.
            unfinished.addAndGet(pieces.size());
            futures.forEach(this::hand);
        } finally {
            lock.unlock();
        }
        return await(futures);
    }

    /** To the first lane that is idle, or to whichever is first to be; under the lock. */
    private void hand(Runnable piece) {
        lanes.stream()
                .filter(lane -> lane.idle)
                .findFirst()
                .ifPresentOrElse(lane -> lane.give(piece), () -> waiting.add(piece));
    }

    private <T> T run(Supplier<T> piece) {
        try {
            return piece.get();
        } finally {
            unfinished.decrementAndGet();
        }
    }

    /** Waits for all, even where one has failed or nobody wants them any more: the caller may free what they use. */
    private static <T> List<T> await(List<? extends Future<T>> futures) {
        List<T> results = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (Future<T> future : futures) {
            try {
                results.add(awaitUninterrupted(future));
            } catch (ExecutionException failure) {
                failures.add(failure.getCause());
            }
        }
        if (!failures.isEmpty()) {
            throw unchecked(failures.get(0));
        }
        return results;
    }

    /** An interrupt that comes meanwhile stays with the thread, for what it does next. */
    private static <T> T awaitUninterrupted(Future<T> future) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
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

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        // Checkpoint and input errors keep their type; the stack of the lane stays in them.
        return failure instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
    }

    /** Refuses more work and waits for what runs, so that what it uses may be freed then. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            lanes.forEach(lane -> lane.given.signal());
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        for (Lane lane : lanes) {
            while (lane.isAlive()) {
                try {
                    lane.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

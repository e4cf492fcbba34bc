package dev.taxon.serving.periodic;

import dev.taxon.serving.log.SafeTrace;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Does something again and again on a thread of its own, with a pause between; a failure waits for the next time. */
public final class PeriodicTask implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PeriodicTask.class);

    private final String name;
    private final Runnable work;
    private final ScheduledExecutorService executor;

    private PeriodicTask(String name, Runnable work) {
        this.name = name;
        this.work = work;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins after the first pause. */
    public static PeriodicTask start(String name, Duration pause, Runnable work) {
        PeriodicTask task = new PeriodicTask(name, work);
        var unused = task.executor.scheduleWithFixedDelay(
                task::run, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return task;
    }

    private void run() {
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.warnf("%s failed and is tried again: %s", name, SafeTrace.of(failure));
        }
    }

    /** Lets work that is under way end by itself, and begins none. */
    @Override
    public void close() {
        executor.shutdown();
    }
}

package dev.taxon.serving.worker;

import dev.taxon.core.torch.NativeCalls;
import dev.taxon.serving.config.Role;
import dev.taxon.serving.config.TaxonSettings;
import dev.taxon.serving.queue.JobClaims;
import dev.taxon.serving.queue.Lane;
import dev.taxon.serving.queue.WorkListener;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A loop for each lane, from the start of a process that has the role to its end. */
@Singleton
final class Worker {
    private static final Logger LOG = Logger.getLogger(Worker.class);
    /** A job that is asked to stop writes a checkpoint first. */
    private static final long PATIENCE_MILLIS = 20_000;

    private final List<LaneLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private NativeCalls.@Nullable Hold hold;

    Worker() {}

    void start(
            @Observes StartupEvent event,
            TaxonSettings settings,
            DataSource dataSource,
            Instance<JobClaims> claims,
            Instance<JobRunner> runner) {
        if (!settings.roles().contains(Role.WORKER)) {
            return;
        }
        hold = NativeCalls.hold();
        UUID name = UUID.randomUUID();
        for (Lane lane : Lane.values()) {
            LaneLoop loop = new LaneLoop(
                    claims.get(),
                    runner.get(),
                    new WorkListener(dataSource),
                    name,
                    lane,
                    settings.worker().poll());
            loops.add(loop);
            Thread thread = new Thread(loop, "worker-" + lane.name().toLowerCase(java.util.Locale.ROOT));
            threads.add(thread);
            thread.start();
        }
        LOG.infof("Worker %s takes jobs", name);
    }

    /** Also where the process stops because something else could not start, of which no event tells. */
    @PreDestroy
    void release() {
        if (hold != null) {
            hold.close();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loops.forEach(LaneLoop::stop);
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        for (Thread thread : threads) {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
    }
}

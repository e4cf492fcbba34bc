package dev.taxon.serving.queue;

import dev.taxon.serving.database.AcrossTenants;
import dev.taxon.serving.periodic.PeriodicTask;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Shows how many jobs are in each state, those of all tenants together; ended ones of the last day. */
@Singleton
final class JobMetrics {
    /** Jobs by state, tagged with it. */
    static final String NAME = "taxon.jobs";

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final List<String> STATES =
            List.of("queued", "validating", "running", "evaluating", "succeeded", "failed", "cancelled");

    private final AcrossTenants across;
    private final MeterRegistry registry;
    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private final PeriodicTask task;

    JobMetrics(AcrossTenants across, MeterRegistry registry) {
        this.across = across;
        this.registry = registry;
        this.task = PeriodicTask.start("taxon-job-metrics", PAUSE, this::read);
    }

    void start(@Observes StartupEvent event) {
        for (String state : STATES) {
            Gauge.builder(NAME, counts, known -> known.getOrDefault(state, 0L))
                    .tag("state", state)
                    .description("Jobs of all tenants by state; ended ones of the last day.")
                    .register(registry);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        task.close();
    }

    private void read() {
        Map<String, Long> found = across
                .query("SELECT state, jobs FROM count_jobs()", row -> Map.entry(row.getString(1), row.getLong(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        STATES.forEach(state -> counts.put(state, found.getOrDefault(state, 0L)));
    }
}

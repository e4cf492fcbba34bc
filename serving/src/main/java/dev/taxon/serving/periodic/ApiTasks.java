package dev.taxon.serving.periodic;

import dev.taxon.serving.config.Role;
import dev.taxon.serving.config.TaxonSettings;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What processes that answer calls do again and again beside it, until they end. Thread-safe. */
@Singleton
public final class ApiTasks {
    private final TaxonSettings settings;
    private final List<PeriodicTask> tasks = new CopyOnWriteArrayList<>();

    ApiTasks(TaxonSettings settings) {
        this.settings = settings;
    }

    /** Begins after the first pause, in a process that answers calls; in another one never. */
    public void start(String name, Duration pause, Runnable work) {
        if (settings.roles().contains(Role.API)) {
            tasks.add(PeriodicTask.start(name, pause, work));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        tasks.forEach(PeriodicTask::close);
    }
}

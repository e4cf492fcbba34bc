package dev.taxon.serving.deployment;

import dev.taxon.serving.config.Role;
import dev.taxon.serving.config.TaxonSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Singleton;
import java.time.Duration;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Keeps a server that answers calls in line with the deployments, from before its first call to after its last. */
@Singleton
final class DeploymentStart {
    /** Until the model is loaded a change could not be applied, and promotions would wait for it. */
    private static final int AFTER_THE_MODEL = ObserverMethod.DEFAULT_PRIORITY + 500;

    private static final Duration FIRST_LEASE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int SECONDS_OF_SILENCE = 3;

    private final TaxonSettings settings;
    private final Node node;
    private final NodeWatch watch;
    private final DeployedAdapters deployed;
    private final Instance<ChangeApplier> applier;
    private @Nullable DeploymentFeed feed;

    DeploymentStart(
            TaxonSettings settings,
            Node node,
            NodeWatch watch,
            DeployedAdapters deployed,
            Instance<ChangeApplier> applier) {
        this.settings = settings;
        this.node = node;
        this.watch = watch;
        this.deployed = deployed;
        this.applier = applier;
    }

    void start(
            @Observes @Priority(AFTER_THE_MODEL) StartupEvent event,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        if (settings.roles().contains(Role.API)) {
            DeploymentFeed started = new DeploymentFeed(
                    line(url, user, password),
                    node,
                    watch,
                    deployed,
                    change -> applier.get().apply(change));
            feed = started;
            started.start();
            awaitLease();
        }
    }

    /** After the last answer. */
    void stop(@Observes ShutdownEvent event) {
        if (feed != null) {
            feed.close();
        }
    }

    /** A database that is not there yet must not keep the server from starting: it takes calls, and says so. */
    private void awaitLease() {
        long end = System.nanoTime() + FIRST_LEASE.toNanos();
        while (!node.lease().held() && System.nanoTime() - end < 0) {
            try {
                Thread.sleep(LOOK.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** A connection that hangs must end before the lease does that depends on it. */
    static DataSource line(String url, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        source.setConnectTimeout(SECONDS_OF_SILENCE);
        source.setSocketTimeout(SECONDS_OF_SILENCE);
        source.setApplicationName("taxon-deployments");
        return source;
    }
}

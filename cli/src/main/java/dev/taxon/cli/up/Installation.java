package dev.taxon.cli.up;

import dev.taxon.cli.console.CommandFailure;
import dev.taxon.cli.console.Home;
import dev.taxon.cli.data.DataFolder;
import dev.taxon.cli.database.DatabaseLogin;
import dev.taxon.cli.key.TenantKeyMaker;
import dev.taxon.cli.supervise.RestartPolicy;
import dev.taxon.cli.supervise.Service;
import dev.taxon.cli.supervise.Supervisor;
import dev.taxon.cli.supervise.Timekeeper;
import dev.taxon.serving.tenant.Scope;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What runs on this machine, with its logs in one data folder: from the first check to the last stop. */
final class Installation {
    private static final String FIRST_TENANT = "default";
    private static final Duration AFTER_A_KILL = Duration.ofSeconds(20);

    private final Home home;
    private final Path folder;
    private final Extent extent;
    private final ListenAddress address;
    private final ServedModels models;
    private final PrintWriter out;

    Installation(Home home, Path folder, Extent extent, ListenAddress address, ServedModels models, PrintWriter out) {
        this.home = home;
        this.folder = folder;
        this.extent = extent;
        this.address = address;
        this.models = models;
        this.out = out;
    }

    /** Runs until a signal ends the process; returns only by an exception. */
    void run() throws IOException, InterruptedException {
        models.requireFolders();
        if (!Files.exists(home.serverJar())) {
            throw new CommandFailure(
                    "The server is not built: there is no " + home.serverJar() + ". Run './taxon up'.");
        }
        try (DataFolder data = DataFolder.take(folder, extent.has(Part.API) ? address.url() : "")) {
            if (extent.has(Part.API)) {
                // What a killed process left behind is on its way out, and may still hold the port.
                address.requireFree(data.endedUncleanly() ? AFTER_A_KILL : Duration.ZERO);
            }
            supervise(data);
        }
    }

    /** A worker may die of its jobs again and again, and nothing else goes down with it: it has a supervisor of its own. */
    private void supervise(DataFolder data) throws IOException, InterruptedException {
        say("Taxon is starting; its data is in " + data.path() + ", its logs in " + data.logs() + ".");
        PostgresService postgres = new PostgresService(data.path());
        Supplier<DatabaseLogin> database =
                () -> extent.database().orElseGet(() -> DatabaseLogin.of(postgres.address()));
        Supervisor serving = supervisor(serving(data, postgres, database), RestartPolicy.standard());
        Supervisor working = supervisor(working(data, database), RestartPolicy.endless());
        Runnable stopAll = () -> {
            working.stop();
            serving.stop();
        };
        try (OrderlyStop stop = OrderlyStop.onSignal(stopAll, data)) {
            if (serving.start()) {
                invite(data, postgres);
                inBackground(working::start);
            }
            throw stop.failure((extent.has(Part.API) ? serving : working).awaitEnd());
        } finally {
            stopAll.run();
        }
    }

    /** A worker that cannot be started keeps nobody from seeing that the rest has ended. */
    private static void inBackground(Runnable start) {
        Thread thread = new Thread(start, "start-worker");
        thread.setDaemon(true);
        thread.start();
    }

    private Supervisor supervisor(List<Service> services, RestartPolicy policy) {
        return new Supervisor(services, policy, Timekeeper.system(), new Announcer(out));
    }

    private List<Service> serving(DataFolder data, PostgresService postgres, Supplier<DatabaseLogin> database) {
        List<Service> services = new ArrayList<>();
        if (extent.database().isEmpty()) {
            services.add(postgres);
        }
        if (extent.has(Part.API)) {
            services.add(service(Part.API, data, () -> address, database));
        }
        return services;
    }

    private List<Service> working(DataFolder data, Supplier<DatabaseLogin> database) {
        return extent.has(Part.WORKER)
                ? List.of(service(Part.WORKER, data, ListenAddress::onAnyFreePort, database))
                : List.of();
    }

    private Service service(
            Part part, DataFolder data, ServerService.Listening listening, Supplier<DatabaseLogin> database) {
        return new ServerService(
                part,
                home.serverJar(),
                data.logs().resolve(part.title() + ".log"),
                listening,
                listen -> ServerEnvironment.of(
                        part, database.get(), listen, data.path().resolve("work"), models));
    }

    private void invite(DataFolder data, PostgresService postgres) throws IOException {
        if (!extent.has(Part.API)) {
            return;
        }
        say("Taxon is up at " + address.url() + "; Ctrl-C stops it.");
        if (extent.database().isPresent()) {
            return;
        }
        if (data.firstKey().isEmpty()) {
            data.keepFirstKey(
                    new TenantKeyMaker(DatabaseLogin.of(postgres.address())).create(FIRST_TENANT, Scope.all()));
        }
        say("Try it from another terminal:");
        say("");
        say(new CurlExample(address.url(), data.firstKey().orElseThrow()).line());
        say("");
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}

package dev.taxon.cli.up;

import dev.taxon.cli.console.CommandFailure;
import dev.taxon.cli.console.Home;
import dev.taxon.cli.data.DataFolder;
import dev.taxon.cli.key.TenantKeyMaker;
import dev.taxon.cli.supervise.RestartPolicy;
import dev.taxon.cli.supervise.Supervisor;
import dev.taxon.cli.supervise.Timekeeper;
import dev.taxon.serving.tenant.Scope;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Database and server in one data folder: from the first check to the last stop. */
final class Installation {
    private static final String FIRST_TENANT = "default";
    private static final Duration AFTER_A_KILL = Duration.ofSeconds(20);

    private final Home home;
    private final Path folder;
    private final ListenAddress address;
    private final @Nullable Path model;
    private final PrintWriter out;

    Installation(Home home, Path folder, ListenAddress address, @Nullable Path model, PrintWriter out) {
        this.home = home;
        this.folder = folder;
        this.address = address;
        this.model = model;
        this.out = out;
    }

    /** Runs until a signal ends the process; returns only by an exception. */
    void run() throws IOException, InterruptedException {
        if (model != null && !Files.isDirectory(model)) {
            throw new CommandFailure("There is no model folder " + model + "; --model takes a checkpoint's folder.");
        }
        if (!Files.exists(home.serverJar())) {
            throw new CommandFailure(
                    "The server is not built: there is no " + home.serverJar() + ". Run './taxon up'.");
        }
        try (DataFolder data = DataFolder.take(folder, address.url())) {
            // What a killed process left behind is on its way out, and may still hold the port.
            address.requireFree(data.endedUncleanly() ? AFTER_A_KILL : Duration.ZERO);
            supervise(data);
        }
    }

    private void supervise(DataFolder data) throws IOException, InterruptedException {
        say("Taxon is starting; its data is in " + data.path() + ", its logs in " + data.logs() + ".");
        PostgresService postgres = new PostgresService(data.path());
        ApiService api = new ApiService(
                home.serverJar(),
                data.logs().resolve("server.log"),
                new HealthProbe(address.url()),
                () -> ServerEnvironment.of(postgres.address(), address, model));
        Supervisor supervisor = new Supervisor(
                List.of(postgres, api), RestartPolicy.standard(), Timekeeper.system(), new Announcer(out));
        try (OrderlyStop stop = OrderlyStop.onSignal(supervisor::stop, data)) {
            if (supervisor.start()) {
                invite(data, postgres);
            }
            throw stop.failure(supervisor.awaitEnd());
        } finally {
            supervisor.stop();
        }
    }

    private void invite(DataFolder data, PostgresService postgres) throws IOException {
        if (data.firstKey().isEmpty()) {
            data.keepFirstKey(new TenantKeyMaker(postgres.address()).create(FIRST_TENANT, Scope.all()));
        }
        String key = data.firstKey().orElseThrow();
        say("Taxon is up at " + address.url() + "; Ctrl-C stops it. Try it from another terminal:");
        say("");
        say(new CurlExample(address.url(), key).line());
        say("");
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}

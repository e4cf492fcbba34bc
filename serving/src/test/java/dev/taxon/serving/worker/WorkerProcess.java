package dev.taxon.serving.worker;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The server as it was packaged, as a worker in a process of its own beside the server under test, on its database. */
final class WorkerProcess {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final List<String> SHARED = List.of(
            "quarkus.datasource.jdbc.url",
            "quarkus.datasource.username",
            "quarkus.datasource.password",
            "quarkus.flyway.username",
            "quarkus.flyway.password");

    /** None at all. */
    static final WorkerProcess NONE = new WorkerProcess(Optional.empty());

    private final Optional<Process> process;

    private WorkerProcess(Optional<Process> process) {
        this.process = process;
    }

    /** Starts one, which takes jobs some seconds later. */
    static WorkerProcess start(Path folder) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-XX:+UseSerialGC", "-jar", JAR.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/worker-process.log")));
        Map<String, String> environment = builder.environment();
        Config config = ConfigProvider.getConfig();
        SHARED.forEach(name -> environment.put(variable(name), config.getValue(name, String.class)));
        environment.put("TAXON_ROLES", "worker");
        environment.put("TAXON_WORKER_FOLDER", folder.toString());
        environment.put("QUARKUS_HTTP_PORT", "0");
        try {
            return new WorkerProcess(Optional.of(builder.start()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String variable(String property) {
        return property.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.ifPresent(running -> running.destroyForcibly().onExit().join());
    }
}

package dev.taxon.cli.up;

import dev.taxon.cli.supervise.Service;
import dev.taxon.serving.postgres.RotatingLog;
import dev.taxon.serving.postgres.Tether;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A part of the server in a process of its own, told by its environment where the database is. */
final class ServerService implements Service {
    private static final int STOP_SECONDS = 25;
    private static final int WARNS_OF_NATIVE_CODE = 22;

    /**
     * Weights and activations are native; beside label states the heap holds little longer than a request. It may grow to
     * what loading and large requests need, but does not keep it; and what the C library was told to keep of freed
     * activations, so that the next pass finds it, goes back every second, where the virtual machine can do that. Between
     * returns three seconds apart the server grew past 600 MB, and took no less time for its requests.
     */
    private static final List<String> MEMORY = List.of(
            "-XX:+UseSerialGC",
            "-Xms32m",
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=40",
            "-XX:-ShrinkHeapInSteps",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:TrimNativeHeapInterval=1000");

    /**
     * How many products libtorch keeps prepared, by their shapes: oneDNN for all threads together, its wrapper once more
     * for each thread. One of attention takes a third of a megabyte, the default of both is a thousand, and texts have
     * hundreds of lengths.
     */
    private static final Map<String, String> PREPARED_PRODUCTS =
            Map.of("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "512", "LRU_CACHE_CAPACITY", "64");

    private final Part part;
    private final Path jar;
    private final Path log;
    private final Listening listening;
    private final Function<ListenAddress, Map<String, String>> environment;

    /** Where a server's next life listens: another life may find another port taken. */
    interface Listening {
        ListenAddress next() throws IOException;
    }

    ServerService(
            Part part,
            Path jar,
            Path log,
            Listening listening,
            Function<ListenAddress, Map<String, String>> environment) {
        this.part = part;
        this.jar = jar;
        this.log = log;
        this.listening = listening;
        this.environment = environment;
    }

    @Override
    public String name() {
        return part.title();
    }

    @Override
    public Run start() throws IOException {
        ListenAddress listen = listening.next();
        ProcessBuilder builder =
                new ProcessBuilder(command()).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        PREPARED_PRODUCTS.forEach(builder.environment()::putIfAbsent);
        builder.environment().putAll(environment.apply(listen));
        LogMark mark = LogMark.now(log);
        Process process = builder.start();
        try {
            return supervised(process, new HealthProbe(listen.url()), mark);
        } catch (IOException | RuntimeException untethered) {
            // Nobody would stop it, and it would hold the port against the next.
            process.destroyForcibly();
            throw untethered;
        }
    }

    private Run supervised(Process process, HealthProbe health, LogMark mark) throws IOException {
        Tether tether = Tether.to(process.pid(), "TERM", STOP_SECONDS);
        process.onExit().thenRun(tether::release);
        new RotatingLog(log).follow(process.getInputStream(), name());
        return new ProcessRun(process, tether, health, mark);
    }

    private List<String> command() {
        List<String> command = Tether.inOwnSession();
        command.addAll(part.prefix());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= WARNS_OF_NATIVE_CODE) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.addAll(MEMORY);
        command.addAll(part.javaOptions(Runtime.getRuntime().availableProcessors()));
        // A crash of native code leaves its report beside the log, not wherever the user happens to be.
        command.add("-XX:ErrorFile=" + log.resolveSibling(name() + "-crash-%p.log"));
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }
}

package dev.taxon.core.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The processor of this machine, as Linux tells it.
 *
 * @param model its name
 * @param features what it has of {@link #TELLING}, in that order
 * @param cores how many of them this process may use
 */
public record Processor(String model, List<String> features, int cores) {
    /** What decides the speed of an encoder's products, newest last. */
    public static final List<String> TELLING =
            List.of("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_int8");

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    public Processor {
        features = List.copyOf(features);
    }

    public static Processor current() {
        try {
            return of(Files.readAllLines(CPU_INFO), Runtime.getRuntime().availableProcessors());
        } catch (IOException hidden) {
            return of(List.of(), Runtime.getRuntime().availableProcessors());
        }
    }

    /** From the lines of {@code /proc/cpuinfo}. */
    static Processor of(List<String> lines, int cores) {
        Set<String> flags = new HashSet<>(Arrays.asList(value(lines, "flags").split(" ")));
        String model = value(lines, "model name");
        return new Processor(
                model.isEmpty() ? "unknown processor" : model,
                TELLING.stream().filter(flags::contains).toList(),
                cores);
    }

    private static String value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key) && line.contains(":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }
}

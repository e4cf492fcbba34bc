package dev.taxon.cli.up;

import dev.taxon.cli.console.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which base models the server and its workers have.
 *
 * @param current a checkpoint's folder; the built-in model when empty
 * @param others folders, or {@link #BUILT_IN}, of those that go on being served
 */
record ServedModels(Optional<Path> current, List<String> others) {
    /** What stands for the built-in model among folders. */
    static final String BUILT_IN = "taxon-small";

    ServedModels {
        others = List.copyOf(others);
    }

    /** As the command line says; folders are found from where it was typed. */
    static ServedModels of(@Nullable Path model, List<String> also) {
        List<String> others = also.stream()
                .map(other -> other.equals(BUILT_IN)
                        ? other
                        : absolute(Path.of(other)).toString())
                .toList();
        return new ServedModels(Optional.ofNullable(model).map(ServedModels::absolute), others);
    }

    private static Path absolute(Path folder) {
        return folder.toAbsolutePath().normalize();
    }

    /** Throws {@link CommandFailure} where there is no such folder. */
    void requireFolders() {
        current.ifPresent(folder -> requireFolder(folder, "--model takes a checkpoint's folder."));
        others.stream()
                .filter(other -> !other.equals(BUILT_IN))
                .forEach(other -> requireFolder(
                        Path.of(other),
                        "--also takes a checkpoint's folder, or " + BUILT_IN + " for the built-in model."));
    }

    private static void requireFolder(Path folder, String hint) {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure("There is no model folder " + folder + "; " + hint);
        }
    }

    /** What a process of the server is told of them. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        current.ifPresent(folder -> environment.put("TAXON_MODEL", folder.toString()));
        if (!others.isEmpty()) {
            environment.put(
                    "TAXON_OTHER_MODELS",
                    others.stream().map(ServedModels::item).collect(Collectors.joining(",")));
        }
        return environment;
    }

    /** Lists of settings are cut at commas. */
    private static String item(String other) {
        return other.replace("\\", "\\\\").replace(",", "\\,");
    }
}

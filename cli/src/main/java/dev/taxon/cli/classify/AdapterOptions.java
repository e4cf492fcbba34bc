package dev.taxon.cli.classify;

import dev.taxon.cli.console.WrongUse;
import dev.taxon.core.Classifier;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The adapters that a command line gives. */
final class AdapterOptions {
    /** What an adapter without a name is known by. */
    private static final String OTHERS = "";

    @Option(
            names = "--adapter",
            paramLabel = "[NAME=]DIR",
            description =
                    "An adapter's folder as PEFT writes it. Without a name it is for every input that names no other;"
                            + " with one, for the lines of --in that name it, or for all texts where it is the only one.")
    private List<String> given = List.of();

    boolean given() {
        return !given.isEmpty();
    }

    /**
     * For texts, which name none.
     *
     * @throws WrongUse where there are several
     */
    Map<String, Path> ofTexts() {
        Map<String, Path> folders = folders();
        if (folders.size() > 1) {
            throw new WrongUse("Texts take one --adapter; inputs of --in may each name another");
        }
        return folders.isEmpty()
                ? folders
                : Map.of(OTHERS, folders.values().iterator().next());
    }

    /**
     * Folders by name, that of inputs without one by the empty one.
     *
     * @throws WrongUse for what is no name and folder, or two of a name
     */
    Map<String, Path> folders() {
        Map<String, Path> folders = new LinkedHashMap<>();
        for (String one : given) {
            // A folder may have the sign in its path.
            int sign = Files.isDirectory(Path.of(one)) ? -1 : one.indexOf('=');
            String name = sign < 0 ? OTHERS : one.substring(0, sign);
            String folder = one.substring(sign + 1);
            if (sign == 0 || folder.isEmpty()) {
                throw new WrongUse("--adapter takes a folder, or NAME=DIR");
            }
            if (folders.put(name, Path.of(folder)) != null) {
                throw new WrongUse(
                        name.equals(OTHERS)
                                ? "One --adapter can be for all inputs; give the others as NAME=DIR"
                                : "Two folders of --adapter have the name " + name);
            }
        }
        return folders;
    }

    /** Reads each folder once, to check it and know it; weights are read again when they are needed. */
    static Adapters read(Map<String, Path> folders, Classifier classifier) {
        Map<String, AdapterReference> references = new LinkedHashMap<>();
        folders.forEach((name, folder) -> {
            Adapter adapter = classifier.readAdapter(folder);
            references.put(
                    name,
                    new AdapterReference(adapter.digest(), adapter.settings(), () -> classifier.readAdapter(folder)));
        });
        Optional<AdapterReference> others = Optional.ofNullable(references.remove(OTHERS));
        return new Adapters(references, others);
    }
}

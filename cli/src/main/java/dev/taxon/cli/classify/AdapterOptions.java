package dev.taxon.cli.classify;

import dev.taxon.core.Classifier;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterReference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adapters that a command line names. */
final class AdapterOptions {
    private AdapterOptions() {}

    /**
     * Reads each folder once, to check it and know it; weights are read again when they are needed.
     *
     * @param folders by name; one that was given no name stands in its name's place, with an empty path
     */
    static Map<String, AdapterReference> references(Map<String, Path> folders, Classifier classifier) {
        Map<String, AdapterReference> references = new LinkedHashMap<>();
        folders.forEach((name, given) -> {
            Path folder = given.toString().isEmpty() ? Path.of(name) : given;
            Adapter adapter = classifier.readAdapter(folder);
            references.put(
                    name,
                    new AdapterReference(adapter.digest(), adapter.settings(), () -> classifier.readAdapter(folder)));
        });
        return references;
    }
}

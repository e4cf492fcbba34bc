package dev.taxon.core.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Checkpoint folders that the reference made, with its answers. */
public final class OracleFolders {
    public static final String SIMPLE_FIRST = "bert-simple-first";
    public static final String MLP_AVERAGE_TEXT_FIRST = "bert-mlp-avg-text-first";

    /** Unigram behind Metaspace. */
    public static final String DEBERTA = "deberta-mlp-first";

    /** Byte-level BPE. */
    public static final String MODERN_BERT = "modernbert-mlp-first";

    /** Every bias, and a last layer that sees a window; made by make_modernbert.py, as the next. */
    public static final String MODERN_BERT_BIASES = "modernbert-biases";

    /** The keys of older configurations, and a window of 32 tokens. */
    public static final String MODERN_BERT_OLDER_KEYS = "modernbert-older-keys";

    private OracleFolders() {}

    /** All of them. */
    public static List<String> names() {
        try (Stream<Path> folders =
                Files.list(Objects.requireNonNull(path(SIMPLE_FIRST).getParent()))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The adapters of a folder, by name. */
    public static List<String> adapterNames(String folder) {
        Path adapters = path(folder).resolve("adapters");
        if (!Files.isDirectory(adapters)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(adapters)) {
            return folders.map(adapter -> adapter.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path adapter(String folder, String name) {
        return path(folder).resolve("adapters").resolve(name);
    }

    /** Every adapter there is: folder and name. */
    public static Stream<Arguments> adapters() {
        return names().stream()
                .flatMap(folder -> adapterNames(folder).stream().map(name -> Arguments.of(folder, name)));
    }

    /** Copies a checkpoint into a new folder, where it may be damaged. */
    static Path copy(String folder, Path target) {
        try {
            Files.createDirectory(target);
            for (String file : List.of(Checkpoints.CONFIG, Checkpoints.WEIGHTS, Checkpoints.TOKENIZER)) {
                Files.copy(path(folder).resolve(file), target.resolve(file));
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path path(String folder) {
        URL url = Objects.requireNonNull(OracleFolders.class.getResource("/oracle/" + folder), folder);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

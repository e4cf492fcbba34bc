package dev.taxon.core.checkpoint;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** Checkpoint folders that the reference made, with its answers. */
public final class OracleFolders {
    public static final String SIMPLE_FIRST = "bert-simple-first";
    public static final String MLP_AVERAGE_TEXT_FIRST = "bert-mlp-avg-text-first";

    private OracleFolders() {}

    public static Path path(String folder) {
        URL url = Objects.requireNonNull(OracleFolders.class.getResource("/oracle/" + folder), folder);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

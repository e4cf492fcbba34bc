package dev.taxon.serving.adapter;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.serving.model.BaseCheckpoint;
import dev.taxon.serving.model.BaseCheckpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An adapter's folder beside the base that it belongs to.
 *
 * @param base the one whose digest the folder names, or else the first that its shapes fit, the current one before others
 */
record FittedFolder(BaseCheckpoint base, Adapter adapter) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Throws {@link CheckpointException}, as its own base or else the current one refuses it, where it fits none. */
    static FittedFolder of(Path folder, BaseCheckpoints bases) {
        List<BaseCheckpoint> named = namedBase(folder)
                .flatMap(digest -> bases.all().stream()
                        .filter(base -> base.digest().equals(digest))
                        .findFirst())
                .map(List::of)
                .orElse(bases.all());
        CheckpointException first = null;
        for (BaseCheckpoint base : named) {
            try {
                return new FittedFolder(base, base.read(folder));
            } catch (CheckpointException unfit) {
                first = first == null ? unfit : first;
            }
        }
        throw present(first);
    }

    private static CheckpointException present(@Nullable CheckpointException refusal) {
        return refusal == null
                ? new CheckpointException("There is no base model to hold the adapter against.")
                : refusal;
    }

    /** Whatever else is wrong with the file, reading the folder will say. */
    private static Optional<String> namedBase(Path folder) {
        try {
            byte[] settings = Files.readAllBytes(folder.resolve(AdapterFolder.SETTINGS));
            return Optional.ofNullable(
                    JSON.readTree(settings).path("base_digest").textValue());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}

package dev.taxon.serving.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.taxon.sdk.wire.DatasetFormat;
import dev.taxon.sdk.wire.DatasetSource;
import dev.taxon.sdk.wire.DatasetState;
import dev.taxon.sdk.wire.DatasetVersion;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.WireJson;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Versions as the wire has them. */
final class VersionView {
    private VersionView() {}

    static DatasetVersion of(String dataset, DatasetVersionEntity version) {
        return new DatasetVersion(
                dataset,
                version.number,
                constant(DatasetState.class, version.state),
                constant(DatasetSource.class, version.source),
                constant(DatasetFormat.class, version.format),
                version.bytes,
                version.sha256 == null ? null : HexFormat.of().formatHex(version.sha256),
                version.rows,
                string(version.importJob),
                problem(version.problem),
                version.createdAt);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    private static @Nullable String string(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    static @Nullable Problem problem(@Nullable String json) {
        try {
            return json == null ? null : WireJson.read(json, Problem.class);
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException("A stored problem cannot be read.", notOurs);
        }
    }
}

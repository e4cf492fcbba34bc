package dev.taxon.serving.http;

import dev.taxon.serving.config.LimitSettings;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The limits of bodies: JSON is read into memory, files are streamed. */
public final class BodyLimits {
    private static final ContractRoute DATASET_UPLOAD =
            new ContractRoute(List.of("POST"), "/v1/datasets/{name}/versions");
    private static final ContractRoute ADAPTER_IMPORT =
            new ContractRoute(List.of("POST"), "/v1/adapters/{name}/versions");

    private final LimitSettings limits;

    BodyLimits(LimitSettings limits) {
        this.limits = limits;
    }

    /** The limit of whatever a call of this path and type brings. */
    BodyLimit of(String path, @Nullable String contentType) {
        if (isJson(contentType)) {
            return json(limits);
        }
        if (ADAPTER_IMPORT.matches(path)) {
            return adapterFolder(limits);
        }
        return DATASET_UPLOAD.matches(path) ? datasetFile(limits) : json(limits);
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType
                        .toLowerCase(Locale.ROOT)
                        .replaceFirst(";.*", "")
                        .strip()
                        .equals(MediaType.APPLICATION_JSON);
    }

    static BodyLimit json(LimitSettings limits) {
        return new BodyLimit(limits.bodyBytes(), "Send less a call.");
    }

    /** The limit of an uploaded file of labelled rows. */
    public static BodyLimit datasetFile(LimitSettings limits) {
        return new BodyLimit(limits.datasetBytes(), "Send its rows in several versions.");
    }

    /** The limit of an imported adapter's folder, packed. */
    public static BodyLimit adapterFolder(LimitSettings limits) {
        return new BodyLimit(limits.adapterBytes(), "Send a smaller adapter.");
    }
}

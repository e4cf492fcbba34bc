package dev.taxon.serving.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.AdapterBase;
import dev.taxon.sdk.wire.AdapterSource;
import dev.taxon.sdk.wire.AdapterVersion;
import dev.taxon.sdk.wire.Label;
import dev.taxon.sdk.wire.Mode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows versions on the wire. */
final class VersionView {
    private VersionView() {}

    static AdapterVersion of(AdapterVersionInfo version) {
        return new AdapterVersion(
                version.name(),
                version.number(),
                version.digest(),
                new AdapterBase(version.baseName(), version.baseDigest(), version.baseDigest() != null),
                labels(version.labels()),
                mode(version.mode()),
                version.bytes(),
                version.rank(),
                version.metrics(),
                version.lineage(),
                version.isOfJob() ? AdapterSource.JOB : AdapterSource.IMPORT,
                version.job(),
                version.erasedRows(),
                version.createdAt());
    }

    private static List<Label> labels(JsonNode written) {
        List<Label> labels = new ArrayList<>();
        for (JsonNode label : written) {
            labels.add(
                    label.isTextual()
                            ? Label.of(label.textValue())
                            : new Label(
                                    label.path("name").textValue(),
                                    label.path("description").textValue(),
                                    null));
        }
        return labels;
    }

    private static @Nullable Mode mode(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return word.equals("multi-label") ? Mode.MULTI_LABEL : Mode.SINGLE_LABEL;
    }
}

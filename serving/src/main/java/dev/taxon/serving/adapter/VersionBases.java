package dev.taxon.serving.adapter;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.model.BaseCheckpoint;
import dev.taxon.serving.model.BaseCheckpoints;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Which base model each version belongs to. Thread-safe. */
@Singleton
public final class VersionBases {
    private final BaseCheckpoints bases;

    VersionBases(BaseCheckpoints bases) {
        this.bases = bases;
    }

    /** The base that a version was checked against; empty when it is no longer served. */
    public Optional<BaseCheckpoint> find(AdapterVersionInfo version) {
        return bases.find(version.checkedBase().orElse(null), version.baseName());
    }

    /** The same; a problem, which says what to do, when it is no longer served. */
    public BaseCheckpoint require(AdapterVersionInfo version) {
        return find(version).orElseThrow(() -> notServed(version));
    }

    /** Whether training on the current base can go on from a version. */
    public boolean isOfCurrent(AdapterVersionInfo version) {
        return find(version).filter(bases.current()::equals).isPresent();
    }

    /** What the current base is called. */
    public String nameOfCurrent() {
        return bases.current().name();
    }

    private ProblemException notServed(AdapterVersionInfo version) {
        return new ProblemException(
                ErrorCode.CONFLICT,
                version.reference() + " belongs to the base model " + version.baseName()
                        + ", which is not served here. " + wayOut(version));
    }

    private String wayOut(AdapterVersionInfo version) {
        return version.isOfJob()
                ? "Train it again on " + nameOfCurrent() + " with POST /v1/jobs {\"retrain\": \"" + version.reference()
                        + "\"}, and promote the version that comes of it."
                : "It was imported: import one that was trained on " + nameOfCurrent()
                        + ", or train one with POST /v1/jobs.";
    }
}

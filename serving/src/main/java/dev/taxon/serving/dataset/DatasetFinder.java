package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.http.ProblemException;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Finds what calls name, within the caller's transaction; what is another tenant's is not there. */
@Singleton
class DatasetFinder {
    private final DatasetRepository datasets;
    private final DatasetVersionRepository versions;

    DatasetFinder(DatasetRepository datasets, DatasetVersionRepository versions) {
        this.datasets = datasets;
        this.versions = versions;
    }

    DatasetEntity require(String name) {
        return datasets.findByName(name)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.NOT_FOUND, "There is no such data set; GET /v1/datasets lists those there are."));
    }

    DatasetVersionEntity requireVersion(String name, int number) {
        return versions.find(require(name).id, number)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.NOT_FOUND, "The data set has no such version; GET its versions to see them."));
    }

    DatasetVersionEntity requireReady(String name, int number) {
        DatasetVersionEntity version = requireVersion(name, number);
        if (isUnread(version)) {
            throw ProblemException.untilLater(
                    "The data set's version is not ready yet: its file is still to be read. Try again in a while.");
        }
        if (!version.state.equals("ready")) {
            throw new ProblemException(
                    ErrorCode.CONFLICT,
                    "The data set's version is not ready: it is " + version.state + ". GET it to see why.");
        }
        return version;
    }

    DatasetVersionEntity requireLatestReady(String name) {
        UUID dataset = require(name).id;
        return versions.latestReady(dataset)
                .orElseThrow(() -> versions.latestComing(dataset).isPresent()
                        ? ProblemException.untilLater(
                                "No version of the data set is ready yet: one is still to be read. Try again in a while.")
                        : new ProblemException(
                                ErrorCode.CONFLICT,
                                "The data set has no version that is ready. Upload one, and wait for it."));
    }

    /** Whether the file has come, and no worker has read it to its end yet. */
    static boolean isUnread(DatasetVersionEntity version) {
        return version.state.equals("stored") || version.state.equals("importing");
    }

    /** A version whose rows can be used, or will be once its file is read. */
    DatasetVersionEntity requireComing(String name, int number) {
        DatasetVersionEntity version = requireVersion(name, number);
        if (version.state.equals("refused")) {
            throw new ProblemException(
                    ErrorCode.CONFLICT, "The data set's version was refused and cannot be used. GET it to see why.");
        }
        return version;
    }

    /** The newest of those. */
    DatasetVersionEntity requireLatestComing(String name) {
        return versions.latestComing(require(name).id)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.CONFLICT, "The data set has no version that can be used. Upload one."));
    }
}

package dev.taxon.sdk.wire;

/** What can be said of a request without a server: what none could do is not sent. */
final class JobRequestShape {

    private JobRequestShape() {}

    /** @throws IllegalArgumentException naming what is missing or too much */
    static void check(JobRequest request) {
        require(request.kind() != JobKind.IMPORT, "imports come with uploads of datasets and are not asked for");
        require(request.version() == null || request.version() >= 1, "versions are counted from 1");
        if (request.retrain() == null) {
            require(request.compareOn() == null, "only a version that is trained again is compared");
            checkWhole(request);
        }
    }

    /** A request that leaves nothing to a lineage. */
    private static void checkWhole(JobRequest request) {
        JobKind kind = request.kind();
        require(kind != null, "a job has a kind, or a version to train again");
        if (kind == JobKind.CLASSIFY) {
            require((request.texts() == null) != (request.dataset() == null), "texts or a dataset are classified");
            return;
        }
        require(request.dataset() != null, "a job of this kind needs a dataset");
        require(kind == JobKind.EVALUATE || request.adapter() != null, "a job of this kind needs an adapter");
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}

package dev.taxon.serving.quota;

import dev.taxon.serving.http.ProblemException;

/** What a tenant has of something that its quota counts. */
enum Holding {
    ADAPTERS("adapters", "SELECT count(*) FROM adapter") {
        @Override
        ProblemException refusal(long most, long had, long more) {
            return Refusals.never(
                    "This tenant has the " + most + " adapters of its quota. Delete one, or ask for a higher quota.");
        }
    },
    DATASET_BYTES("dataset_bytes", "SELECT coalesce(sum(bytes), 0) FROM dataset_version") {
        @Override
        ProblemException refusal(long most, long had, long more) {
            return Refusals.never(
                    "This tenant's datasets take " + had + " of the " + most + " bytes of its quota, and " + more
                            + " more are too much (files on their way count). Delete versions, or ask for a higher quota.");
        }
    },
    /** Imports come with their uploads and do not count. */
    CONCURRENT_JOBS("concurrent_jobs", "SELECT count(*) FROM job WHERE ended_at IS NULL AND kind <> 'import'") {
        @Override
        ProblemException refusal(long most, long had, long more) {
            return Refusals.full("This tenant has the " + most
                    + " unfinished jobs of its quota. Wait for one to end, or cancel one.");
        }
    };

    private final String quota;
    private final String count;

    Holding(String quota, String count) {
        this.quota = quota;
        this.count = count;
    }

    /** The name of its quota. */
    String quota() {
        return quota;
    }

    /** Why there is no more. */
    abstract ProblemException refusal(long most, long had, long more);

    /** The query for how much of it the tenant has. */
    String count() {
        return count;
    }

    /** The query for how much of it the tenant may have; no row where that is not limited. */
    String limit() {
        return "SELECT " + quota + " FROM quota WHERE " + quota + " IS NOT NULL";
    }
}

package dev.taxon.serving.job;

import java.util.UUID;

/** Ids of jobs as calls name them. */
final class JobIds {
    private JobIds() {}

    /** What is no id is the id of nothing. */
    static UUID parse(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException notAnId) {
            throw JobService.notFound();
        }
    }
}

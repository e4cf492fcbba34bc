package dev.taxon.serving.queue;

import java.util.Arrays;
import java.util.List;

/** What of a worker a job takes: each lane runs one job at a time, beside the other. */
public enum Lane {
    /** Needs the model, hence most of the machine. */
    HEAVY,
    /** Needs little, so that nobody waits for somebody else's training to see an upload read. */
    LIGHT;

    /** The kinds of job that run here. */
    public List<JobKind> kinds() {
        return Arrays.stream(JobKind.values())
                .filter(kind -> kind.lane() == this)
                .toList();
    }
}

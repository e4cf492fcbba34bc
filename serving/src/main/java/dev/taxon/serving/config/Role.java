package dev.taxon.serving.config;

/** What a process does: answer calls, or do the long work of jobs. One artifact does either or both. */
public enum Role {
    API,
    WORKER
}

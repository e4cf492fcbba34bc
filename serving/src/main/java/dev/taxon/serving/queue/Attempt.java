package dev.taxon.serving.queue;

import java.util.UUID;

/**
 * One worker's hold on a job.
 *
 * @param number counts the attempts at this job from 1
 */
public record Attempt(UUID tenant, UUID job, int number) {}

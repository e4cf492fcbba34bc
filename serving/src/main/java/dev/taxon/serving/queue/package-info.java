/**
 * Jobs as rows: their states, who holds them and under which attempt, their events and checkpoints.
 *
 * <p>A worker writes under the {@link dev.taxon.serving.queue.Attempt} that it holds, and every such write is refused once
 * another attempt has begun or the job has ended: so a worker that was thought dead, and is not, changes nothing.
 */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.queue;

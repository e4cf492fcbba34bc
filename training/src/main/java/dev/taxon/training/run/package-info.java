/** A training run from its first step to its last: schedule, checkpoints, resuming, progress and the loss curve. */
@org.jspecify.annotations.NullMarked
package dev.taxon.training.run;

package dev.taxon.training.policy;

import dev.taxon.training.run.TrainingException;

/** A policy that has run away from its reference; the message says where, by how much and what to try. */
public final class RunawayException extends TrainingException {
    private static final long serialVersionUID = 1L;

    RunawayException(String message) {
        super(message);
    }
}

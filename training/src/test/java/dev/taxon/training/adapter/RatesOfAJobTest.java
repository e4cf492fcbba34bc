package dev.taxon.training.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.training.Tickets;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingEvent;
import dev.taxon.training.run.TrainingListener;
import dev.taxon.training.supervised.SupervisedSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rates that follow from what the base has wrong, in whole jobs. */
class RatesOfAJobTest extends SupervisedJobs {
    private static final double FULL = 5e-3;

    private double highest;

    @Test
    void fallWhereTheBaseHasLittleWrongAndHoldForAnAdapterThatGoesOn() {
        SupervisedJob first = job(1);
        AdapterResult learned = learn(first);
        assertThat(highest).isBetween(0.01 * FULL, 0.99 * FULL);
        highest = 0;
        learn(new SupervisedJob(
                first.task(), first.settings(), null, Optional.of(read(learned.adapter())), first.facts()));
        assertThat(highest).isEqualTo(FULL);
    }

    /** A job that a version began that had no such rates is the same job to one that has. */
    @Test
    void areNamedOnlyWhereTheyFollowFromTheBase() {
        assertThat(job(1).ownFacts()).containsKey("rates.full_error");
        assertThat(job(0).ownFacts()).doesNotContainKey("rates.full_error");
    }

    private AdapterResult learn(SupervisedJob job) {
        TrainingListener listener = event -> {
            if (event instanceof TrainingEvent.Stepped step) {
                highest = Math.max(highest, step.learningRate());
            }
        };
        return training(job, listener, new StopSignal())
                .run(folder.resolve(job.start().isPresent() ? "second" : "first"), false)
                .orElseThrow();
    }

    private static SupervisedJob job(double fullError) {
        SupervisedJob plain = job(Tickets.of(4), 1);
        SupervisedSettings.Rates rates = plain.settings().rates();
        SupervisedSettings settings =
                plain.settings().with(new SupervisedSettings.Rates(FULL, FULL, 0.1, rates.decay(), 0.01, 1, fullError));
        return new SupervisedJob(plain.task(), settings, null, Optional.empty(), plain.facts());
    }
}

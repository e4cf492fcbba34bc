package dev.taxon.training.policy;

import dev.taxon.training.policy.Judgement.Accepted;
import dev.taxon.training.policy.Judgement.Corrected;
import dev.taxon.training.policy.Judgement.Rejected;
import dev.taxon.training.policy.Judgement.Truth;
import java.util.Set;

/**
 * What a person's word makes an answer worth: 1 where it was accepted, -1 where it was rejected, and where it was
 * corrected 2 F1 - 1 of the answer with the corrected labels, which is 1 and -1 at the same ends. An answer other than the
 * one that was accepted is held against that one; of one other than that which was rejected nothing is known.
 */
public final class HumanFeedback implements Reward {

    @Override
    public double of(Answer answer) {
        Judgement judgement = answer.judgement();
        if (judgement instanceof Accepted accepted) {
            return agreement(answer, accepted.predicted());
        }
        if (judgement instanceof Corrected corrected) {
            return agreement(answer, corrected.labels());
        }
        if (judgement instanceof Rejected rejected) {
            return rejection(answer, rejected);
        }
        throw noVerdict((Truth) judgement);
    }

    private static double agreement(Answer answer, Set<String> labels) {
        return 2 * Agreement.F1.of(answer.chosen(), labels) - 1;
    }

    private static double rejection(Answer answer, Rejected rejected) {
        if (!answer.chosen().equals(rejected.predicted())) {
            throw new RewardException("another answer than this one was rejected, which says nothing of it; "
                    + "learn from the answer that was judged.");
        }
        return -1;
    }

    private static RewardException noVerdict(Truth truth) {
        return new RewardException("the row has no verdict but "
                + truth.labels().size() + " true labels; reward it by f1, accuracy, recall, precision or cost.");
    }
}

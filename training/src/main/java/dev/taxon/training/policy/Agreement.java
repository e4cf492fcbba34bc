package dev.taxon.training.policy;

import java.util.Set;

/**
 * How well the chosen labels of a row agree with its true ones, in [0, 1]. Where nothing is true and nothing chosen, the
 * answer is right and every one of these is 1; where only one of the two sets is empty, every one is 0, so that neither
 * silence nor choosing everything pays.
 */
public enum Agreement implements Reward {
    /** Twice the labels in common over the labels of both. */
    F1 {
        @Override
        double of(int common, int chosen, int truth) {
            return 2.0 * common / (chosen + truth);
        }
    },
    /** 1 for exactly the true labels, otherwise 0, as accuracy is counted in evaluation. */
    ACCURACY {
        @Override
        double of(int common, int chosen, int truth) {
            return common == chosen && common == truth ? 1 : 0;
        }
    },
    /** Share of the true labels that was chosen. */
    RECALL {
        @Override
        double of(int common, int chosen, int truth) {
            return (double) common / truth;
        }
    },
    /** Share of the chosen labels that is true. */
    PRECISION {
        @Override
        double of(int common, int chosen, int truth) {
            return (double) common / chosen;
        }
    };

    @Override
    public double of(Answer answer) {
        return of(answer.chosen(), answer.trueLabels());
    }

    double of(Set<String> chosen, Set<String> truth) {
        if (chosen.isEmpty() || truth.isEmpty()) {
            return chosen.isEmpty() && truth.isEmpty() ? 1 : 0;
        }
        int common = (int) chosen.stream().filter(truth::contains).count();
        return of(common, chosen.size(), truth.size());
    }

    /** For sets that are not empty. */
    abstract double of(int common, int chosen, int truth);
}

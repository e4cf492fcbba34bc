package dev.taxon.training.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What it costs to answer one label where another is right; as a reward, minus the cost. For rows with exactly one right
 * label and one answer.
 *
 * @param costs by true label, then by answered label; square, at least two labels, each cost finite and 0 or above, and no
 *     wrong answer cheaper than the right one
 */
public record CostMatrix(Map<String, Map<String, Double>> costs) implements Reward {

    /** Throws {@link IllegalArgumentException}, which names the true label and the answer at fault. */
    public CostMatrix {
        Map<String, Map<String, Double>> copy = new LinkedHashMap<>();
        costs.forEach((truth, row) -> copy.put(truth, Map.copyOf(row)));
        costs = Map.copyOf(copy);
        require(costs.size() >= 2, "The cost matrix has fewer than two labels.");
        for (Map.Entry<String, Map<String, Double>> row : costs.entrySet()) {
            validate(costs.keySet(), row.getKey(), row.getValue());
        }
    }

    private static void validate(Set<String> labels, String truth, Map<String, Double> row) {
        require(
                row.keySet().equals(labels),
                "The cost matrix has other answers for the true label '" + truth + "' than it has true labels.");
        double right = row.getOrDefault(truth, 0.0);
        row.forEach((answer, cost) -> {
            String cell = "The cost of '" + answer + "' where '" + truth + "' is right ";
            require(cost >= 0 && Double.isFinite(cost), cell + "is not a number of 0 or above.");
            require(cost >= right, cell + "is below that of the right answer.");
        });
    }

    private static void require(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException(fault);
        }
    }

    /** The labels that have costs. */
    public Set<String> labels() {
        return costs.keySet();
    }

    @Override
    public double of(Answer answer) {
        Map<String, Double> row = of(costs, only(answer.trueLabels(), "true label"));
        return -of(row, only(answer.chosen(), "answer"));
    }

    private static <T> T of(Map<String, T> part, String label) {
        T found = part.get(label);
        if (found == null) {
            throw new RewardException("the label '" + label + "' is not in the cost matrix; add it there.");
        }
        return found;
    }

    private static String only(Set<String> labels, String what) {
        if (labels.size() != 1) {
            throw new RewardException("a cost needs exactly one " + what + ", and the row has " + labels.size()
                    + "; use it for single-label data.");
        }
        return labels.iterator().next();
    }
}

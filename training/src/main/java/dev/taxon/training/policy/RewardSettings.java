package dev.taxon.training.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which components a reward has and what each weighs.
 *
 * @param weights by component, in the order given; at least one
 */
public record RewardSettings(Map<Kind, Double> weights) {
    /** The largest weight: rewards are added, and what they add up to is squared. */
    public static final double LARGEST_WEIGHT = 1_000_000;

    /** The components that settings can name, by their names in lower case. */
    public enum Kind {
        F1,
        ACCURACY,
        RECALL,
        PRECISION,
        /** Minus what a {@link CostMatrix} says; for rows with one right label. */
        COST,
        /** A person's verdict, see {@link HumanFeedback}. */
        FEEDBACK;

        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final String KINDS = "f1, accuracy, recall, precision, cost, feedback";

    public RewardSettings {
        weights = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        if (weights.isEmpty()) {
            throw new IllegalArgumentException("A reward needs at least one component, such as f1=1.");
        }
        weights.forEach(RewardSettings::requireWeight);
    }

    /** The row's F1, as in the GLiClass paper. */
    public static RewardSettings defaults() {
        return new RewardSettings(Map.of(Kind.F1, 1.0));
    }

    /** Reads {@code f1=1,recall=0.5}. Throws {@link IllegalArgumentException}, which names the part at fault. */
    public static RewardSettings parse(String text) {
        Map<Kind, Double> weights = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            String[] sides = part.strip().split("=", -1);
            if (sides.length != 2) {
                throw new IllegalArgumentException(
                        "The reward part '" + part.strip() + "' is not of the form name=weight, such as f1=1.");
            }
            Kind kind = kind(sides[0].strip());
            if (weights.put(kind, weight(kind, sides[1].strip())) != null) {
                throw new IllegalArgumentException("The reward " + kind.key() + " is given twice.");
            }
        }
        return new RewardSettings(weights);
    }

    private static Kind kind(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.key().equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("There is no reward '" + name + "'; there are " + KINDS + ".");
    }

    private static double weight(Kind kind, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "The weight of the reward " + kind.key() + " is not a number: '" + text + "'.", e);
        }
    }

    private static void requireWeight(Kind kind, double weight) {
        if (!isWeight(weight)) {
            throw new IllegalArgumentException("The weight of the reward " + kind.key()
                    + " must be a number above 0 and at most 1,000,000; leave out what is not to count.");
        }
    }

    /** Whether a reward may have this weight. */
    public static boolean isWeight(double weight) {
        return weight > 0 && weight <= LARGEST_WEIGHT;
    }

    /** True when the rewards need a cost matrix. */
    public boolean needsCosts() {
        return weights.containsKey(Kind.COST);
    }

    /**
     * The rewards that these settings describe.
     *
     * @param costs needed when, and only when, cost is a component; otherwise {@link IllegalArgumentException}
     */
    public Rewards rewards(Optional<CostMatrix> costs) {
        if (needsCosts() != costs.isPresent()) {
            throw new IllegalArgumentException(
                    needsCosts()
                            ? "The reward cost needs a cost matrix; give its file."
                            : "A cost matrix is given, but the reward has no part cost; add cost=1.");
        }
        List<Rewards.Component> components = new ArrayList<>();
        weights.forEach(
                (kind, weight) -> components.add(new Rewards.Component(kind.key(), weight, reward(kind, costs))));
        return new Rewards(components);
    }

    private static Reward reward(Kind kind, Optional<CostMatrix> costs) {
        return switch (kind) {
            case F1 -> Agreement.F1;
            case ACCURACY -> Agreement.ACCURACY;
            case RECALL -> Agreement.RECALL;
            case PRECISION -> Agreement.PRECISION;
            case COST -> costs.orElseThrow();
            case FEEDBACK -> new HumanFeedback();
        };
    }
}

package dev.taxon.training.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weighted sum of named components. Thread-safe when its components are. */
public final class Rewards {
    private final List<Component> components;

    /**
     * One part of a reward.
     *
     * @param name as in settings and messages
     * @param weight above 0
     */
    public record Component(String name, double weight, Reward reward) {
        public Component {
            if (!(weight > 0 && Double.isFinite(weight))) {
                throw new IllegalArgumentException(
                        "The weight of the reward " + name + " must be above 0; leave out what is not to count.");
            }
        }

        /** The component's weighted share. Throws {@link RewardException}, which names component and row. */
        double of(Answer answer) {
            double value = weight * unweighted(answer);
            if (!Double.isFinite(value)) {
                throw refused(answer, "it is " + value + ", which nothing can be learned from; correct the component.");
            }
            return value;
        }

        private double unweighted(Answer answer) {
            try {
                return reward.of(answer);
            } catch (RewardException e) {
                throw refused(answer, String.valueOf(e.getMessage()));
            }
        }

        private RewardException refused(Answer answer, String reason) {
            return new RewardException("The reward " + name + " of " + answer.place() + " cannot be given: " + reason);
        }
    }

    /** Throws {@link IllegalArgumentException} without components, or for two of the same name. */
    public Rewards(List<Component> components) {
        this.components = List.copyOf(components);
        Map<String, Component> names = new LinkedHashMap<>();
        for (Component component : components) {
            if (names.put(component.name(), component) != null) {
                throw new IllegalArgumentException("The reward " + component.name() + " is given twice.");
            }
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("A reward needs at least one component, such as f1=1.");
        }
    }

    /** The whole reward of an answer, finite. Throws {@link RewardException} when a component cannot be given. */
    public double of(Answer answer) {
        double sum = 0;
        for (Component component : components) {
            sum += component.of(answer);
        }
        return sum;
    }
}

package dev.taxon.training.policy;

import dev.taxon.training.policy.PolicyModel.Acted;
import dev.taxon.training.run.TrainingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Steps of proximal policy optimisation (arXiv 1707.06347, algorithm 1): act once, reward, and learn from the same actions
 * in every inner iteration. Not thread-safe.
 *
 * @param <B> a batch of rows as the model reads them
 */
public final class PolicyOptimizer<B> {
    private final PolicyModel<B> model;
    private final PolicySettings settings;
    private final Rewards rewards;
    private final long seed;

    /** @param model stays the caller's */
    public PolicyOptimizer(PolicyModel<B> model, PolicySettings settings, Rewards rewards, long seed) {
        this.model = model;
        this.settings = settings;
        this.rewards = rewards;
        this.seed = seed;
    }

    /**
     * One step. Throws {@link RewardException} for a reward that cannot be given, and {@link TrainingException} for a loss
     * that is not finite; no batch is passed over for that. One whose answers earned all the same teaches the value head
     * alone: Adam would make whole steps of what entropy and divergence ask for by themselves.
     *
     * @param step from 1; with the seed it decides what is sampled
     * @param rows those of the batch, in its order
     */
    public PolicyStep step(int step, B batch, List<PolicyRow> rows) {
        Acted acted = model.act(batch, actions(step, rows));
        double[] earned = earned(step, rows, acted);
        double[] raw =
                settings.baseline().valueHead() ? Advantages.over(acted.values(), earned) : Advantages.overMean(earned);
        double[] advantages = advantages(raw, earned);
        PolicySettings applied = isZero(advantages) ? settings.withRates(0) : settings;
        List<String> places = rows.stream().map(PolicyRow::place).toList();
        List<Improvement> improvements = new ArrayList<>();
        for (int iteration = 1; iteration <= settings.iterations(); iteration++) {
            int update = (step - 1) * settings.iterations() + iteration;
            Improvement improvement = model.improve(advantages, earned, applied, update);
            improvement.requireFinite(step, places);
            improvements.add(improvement);
        }
        return new PolicyStep(
                step, earned, Advantages.mean(raw), improvements.get(0), improvements.get(improvements.size() - 1));
    }

    /** Where all earned the same, what is left is the value head's error, which must not be brought to variance 1. */
    private double[] advantages(double[] raw, double[] earned) {
        if (!settings.baseline().normalized()) {
            return raw;
        }
        return Advantages.equal(earned) ? new double[raw.length] : Advantages.normalized(raw);
    }

    private static boolean isZero(double[] advantages) {
        return Arrays.stream(advantages).allMatch(advantage -> advantage == 0);
    }

    private List<RowAction> actions(int step, List<PolicyRow> rows) {
        List<RowAction> actions = new ArrayList<>();
        for (int index = 0; index < rows.size(); index++) {
            PolicyRow row = rows.get(index);
            double[] draws = ActionDraws.of(seed, step, index, row.labels().size());
            actions.add(row.taken().map(taken -> taken(row, taken)).orElseGet(() -> new RowAction.Sampled(draws)));
        }
        return actions;
    }

    private static RowAction taken(PolicyRow row, Set<String> taken) {
        double[] chosen = new double[row.labels().size()];
        Arrays.setAll(chosen, label -> taken.contains(row.labels().get(label)) ? 1 : 0);
        return new RowAction.Taken(chosen);
    }

    private double[] earned(int step, List<PolicyRow> rows, Acted acted) {
        double[] earned = new double[rows.size()];
        try {
            Arrays.setAll(
                    earned,
                    row -> rewards.of(answer(rows.get(row), acted.chosen().get(row))));
        } catch (RewardException e) {
            throw new RewardException("Step " + step + ": " + e.getMessage());
        }
        return earned;
    }

    private static Answer answer(PolicyRow row, double[] chosen) {
        Set<String> labels = new HashSet<>();
        for (int label = 0; label < chosen.length; label++) {
            if (chosen[label] == 1) {
                labels.add(row.labels().get(label));
            }
        }
        return new Answer(row.place(), labels, row.judgement());
    }
}

package dev.taxon.training.sampling;

import dev.taxon.training.data.Example;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Draws the labels that the rows of one set in one batch see. */
final class LabelDraw {
    private final SamplingSettings.LabelChoice choice;
    private final Randomness random;

    LabelDraw(SamplingSettings.LabelChoice choice, Randomness random) {
        this.choice = choice;
        this.random = random;
    }

    /**
     * Candidates that rows with one shared label list draw their negatives from: the rows' true labels and random
     * others, few enough that they recur within the batch.
     */
    List<String> pool(List<Example> rows) {
        Set<String> pool = new LinkedHashSet<>();
        rows.forEach(row -> pool.addAll(row.trueLabels()));
        List<String> others = new ArrayList<>(rows.get(0).allLabels());
        random.shuffle(others);
        for (String other : others) {
            if (pool.size() >= choice.labelPool()) {
                break;
            }
            pool.add(other);
        }
        return List.copyOf(pool);
    }

    /** True labels and negatives of a row in random order; more true ones than the limit are cut at random. */
    List<String> labels(Example row, List<String> candidates) {
        List<String> truths = new ArrayList<>(row.trueLabels());
        random.shuffle(truths);
        Set<String> known = new HashSet<>(truths);
        List<String> negatives = new ArrayList<>(candidates);
        negatives.removeIf(known::contains);
        random.shuffle(negatives);
        List<String> labels = new ArrayList<>(truths.subList(0, Math.min(truths.size(), choice.maxLabels())));
        int room = Math.max(limit(), Math.min(labels.size() + 1, choice.maxLabels())) - labels.size();
        labels.addAll(negatives.subList(0, Math.min(Math.max(0, room), negatives.size())));
        random.shuffle(labels);
        return labels;
    }

    private int limit() {
        if (random.nextDouble() >= choice.fewerLabels()) {
            return choice.maxLabels();
        }
        // Log-uniform: most tasks have a handful of labels.
        return (int) Math.round(2 * Math.pow(choice.maxLabels() / 2.0, random.nextDouble()));
    }

    /** A template for the batch's rows to take. */
    String template() {
        return choice.templates().isEmpty()
                ? SamplingSettings.LabelChoice.PLACE
                : choice.templates().get(random.nextInt(choice.templates().size()));
    }

    /** True for a row whose labels are to be put into the template. */
    boolean takesTemplate() {
        return random.nextDouble() < choice.templateShare();
    }
}

package dev.taxon.training.sampling;

import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.step.TrainingBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The batch of every step. The same data, settings and step give the same batch whatever was asked for before, so
 * training resumes from a step number alone. Not thread-safe.
 */
public final class BatchSampler {
    /** To be raised with every change that gives the same settings other batches: runs go on with their own alone. */
    public static final int VERSION = 1;

    private static final long LABELS = 4;

    private final SamplingSettings settings;
    private final List<LabelledSet> sets;
    private final RowTokens tokens;
    private final RoundPlanner planner;
    /** Steps before each round planned so far; index 0 is round 0. */
    private final List<Integer> stepsBefore = new ArrayList<>(List.of(0));

    private long plannedRound = -1;
    private List<List<PlannedRow>> plan = List.of();

    /**
     * Throws {@link dev.taxon.training.data.DataException} when the settings name a set that is not there or leave
     * none.
     */
    public BatchSampler(SamplingSettings settings, List<LabelledSet> data, RowTokens tokens) {
        WeightedSets weighted = WeightedSets.of(data, settings);
        this.settings = settings;
        this.sets = weighted.sets();
        this.tokens = new CachedLabels(tokens);
        List<RowLengths> lengths = sets.stream()
                .map(set -> new RowLengths(set, tokens, settings.labels().maxLabels()))
                .toList();
        this.planner = new RoundPlanner(settings, weighted, lengths);
    }

    /** The batch of a step, numbered from 1. */
    public TrainingBatch batch(int step) {
        Map<Integer, List<Example>> bySet = new LinkedHashMap<>();
        for (PlannedRow row : planned(step)) {
            Example example = sets.get(row.set()).examples().get(row.row());
            bySet.computeIfAbsent(row.set(), set -> new ArrayList<>()).add(example);
        }
        LabelDraw draw = new LabelDraw(settings.labels(), Randomness.of(settings.seed(), LABELS, step));
        BatchBuilder batch = new BatchBuilder(tokens, draw);
        bySet.forEach((set, examples) -> batch.add(sets.get(set), examples));
        return batch.build();
    }

    /** Where a step's rows come from, such as {@code clinc150 row 12}; rows are counted from 1. */
    public List<String> places(int step) {
        return planned(step).stream()
                .map(row -> sets.get(row.set()).name() + " row " + (row.row() + 1))
                .collect(Collectors.toList());
    }

    /** How many steps it takes to see this many rows. */
    public int stepsFor(long rows) {
        long seen = 0;
        int step = 0;
        while (seen < rows) {
            step = Math.addExact(step, 1);
            seen += planned(step).size();
        }
        return step;
    }

    private List<PlannedRow> planned(int step) {
        if (step < 1) {
            throw new IllegalArgumentException("Steps are numbered from 1.");
        }
        int round = roundOf(step);
        if (round != plannedRound) {
            plan = planner.plan(round);
            plannedRound = round;
        }
        return plan.get(step - 1 - stepsBefore.get(round));
    }

    private int roundOf(int step) {
        while (stepsBefore.get(stepsBefore.size() - 1) < step) {
            int round = stepsBefore.size() - 1;
            plan = planner.plan(round);
            plannedRound = round;
            stepsBefore.add(Math.addExact(stepsBefore.get(round), plan.size()));
        }
        int round = stepsBefore.size() - 2;
        while (stepsBefore.get(round) >= step) {
            round--;
        }
        return round;
    }
}

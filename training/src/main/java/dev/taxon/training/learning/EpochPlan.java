package dev.taxon.training.learning;

import java.util.Arrays;
import java.util.List;

/** The rows of each step, epoch after epoch. Not thread-safe. */
public final class EpochPlan {
    private final EpochBatches batches;
    /** Steps before each epoch; the last is all of them. */
    private final int[] stepsBefore;

    private int plannedEpoch = -1;
    private List<int[]> planned = List.of();

    private EpochPlan(EpochBatches batches, int[] stepsBefore) {
        this.batches = batches;
        this.stepsBefore = stepsBefore;
    }

    /** So many epochs. */
    public static EpochPlan of(EpochBatches batches, int epochs) {
        int[] before = new int[epochs + 1];
        for (int epoch = 0; epoch < epochs; epoch++) {
            before[epoch + 1] = Math.addExact(before[epoch], batches.of(epoch).size());
        }
        return new EpochPlan(batches, before);
    }

    /** As many epochs as have at least that many steps. */
    public static EpochPlan ofSteps(EpochBatches batches, int steps) {
        int epochs = 0;
        for (int covered = 0; covered < steps; epochs++) {
            covered += batches.of(epochs).size();
        }
        return of(batches, epochs);
    }

    /** Of all epochs. */
    public int steps() {
        return stepsBefore[stepsBefore.length - 1];
    }

    /** Numbers of the rows of a step, which is counted from 1. */
    public int[] rows(int step) {
        int epoch = epoch(step);
        if (epoch != plannedEpoch) {
            planned = batches.of(epoch);
            plannedEpoch = epoch;
        }
        return planned.get(step - 1 - stepsBefore[epoch]);
    }

    /** The epoch that a step is of, from 0. */
    private int epoch(int step) {
        int found = Arrays.binarySearch(stepsBefore, step - 1);
        return found >= 0 ? found : -found - 2;
    }

    /** How many steps of its epoch a step is from the beginning: the epoch's length where it is the last of it. */
    public int stepOfEpoch(int step) {
        return step - stepsBefore[epoch(step)];
    }

    /** How many steps the epoch of a step has. */
    public int stepsOfEpoch(int step) {
        return stepsBefore[epoch(step) + 1] - stepsBefore[epoch(step)];
    }

    /** How many epochs end with a step; 0 where none does. */
    public int epochsEndingWith(int step) {
        return Math.max(0, Arrays.binarySearch(stepsBefore, step));
    }
}

package dev.taxon.training.supervised;

import dev.taxon.core.Mode;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.training.data.Example;
import dev.taxon.training.learning.EpochBatches;
import dev.taxon.training.learning.EpochPlan;
import dev.taxon.training.learning.PlacedRow;
import dev.taxon.training.learning.RowEncoder;
import dev.taxon.training.run.Curriculum;
import dev.taxon.training.run.RateSchedule;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.sampling.Randomness;
import dev.taxon.training.step.AdapterBatch;
import dev.taxon.training.step.AdapterStepSettings;
import dev.taxon.training.step.AdapterTrainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The steps by which an adapter learns some rows of a task. */
class SupervisedCurriculum implements Curriculum {
    private static final long CANDIDATES = 12;
    private static final int CHECKPOINT_EVERY = 200;

    private final SupervisedTask task;
    private final List<Example> rows;
    private final SupervisedSettings settings;
    private final AdapterTrainer trainer;
    private final RowEncoder encoder;
    private final CandidateDraw draw;
    private final RateSchedule schedule;
    private final EpochPlan plan;

    SupervisedCurriculum(
            SupervisedTask task,
            SupervisedSettings settings,
            AdapterTrainer trainer,
            RowEncoder encoder,
            CandidateDraw draw,
            EpochBatches batches) {
        this.task = task;
        this.rows = task.rows();
        this.settings = settings;
        this.trainer = trainer;
        this.encoder = encoder;
        this.draw = draw;
        this.plan = EpochPlan.of(batches, settings.schedule().epochs());
        this.schedule = new RateSchedule(
                plan.steps(), settings.rates().warmupShare(), settings.rates().decay());
    }

    @Override
    public int steps() {
        return schedule.steps();
    }

    @Override
    public void between(int done, StopSignal stop) {
        // Nothing is held out.
    }

    @Override
    public Outcome step(int step) {
        int[] numbers = plan.rows(step);
        Randomness random = Randomness.of(settings.seed(), CANDIDATES, step);
        List<AdapterBatch.Row> drawn = new ArrayList<>();
        for (int row : numbers) {
            drawn.addAll(rows(row, rows.get(row), random));
        }
        AdapterBatch batch = new AdapterBatch(drawn);
        return new Outcome(trainer.step(batch, at(step)), numbers.length, batch.tokens());
    }

    /** One row, or one a chunk of the labels where they are too many for one. */
    private List<AdapterBatch.Row> rows(int number, Example example, Randomness random) {
        List<String> labels = draw.labels(number, example, random);
        Set<String> truths = new HashSet<>(example.trueLabels());
        if (labels.size() > truths.size()
                && random.nextDouble() < settings.candidates().noneShare()) {
            labels.removeAll(truths);
            truths.clear();
        }
        List<AdapterBatch.Row> rows = new ArrayList<>();
        int first = 0;
        for (EncodedRow encoded : encoder.encode(new PlacedRow(task.place(number), example.text(), labels))) {
            List<String> own = labels.subList(first, first + encoded.labelCount());
            rows.add(row(encoded, own, truths));
            first += encoded.labelCount();
        }
        return rows;
    }

    private AdapterBatch.Row row(EncodedRow encoded, List<String> labels, Set<String> truths) {
        float[] targets = new float[labels.size()];
        int right = 0;
        for (int label = 0; label < targets.length; label++) {
            boolean isTrue = truths.contains(labels.get(label));
            targets[label] = isTrue ? 1 : 0;
            right += isTrue ? 1 : 0;
        }
        boolean single = task.mode() == Mode.SINGLE_LABEL && truths.size() == 1 && right == 1;
        return new AdapterBatch.Row(encoded, targets, single);
    }

    private AdapterStepSettings at(int step) {
        double factor = schedule.factor(step);
        SupervisedSettings.Rates rates = settings.rates();
        SupervisedSettings.Loss loss = settings.loss();
        return new AdapterStepSettings(
                step,
                rates.down() * factor,
                rates.up() * factor,
                rates.weightDecay(),
                rates.maxGradientNorm(),
                loss.focalAlpha(),
                loss.focalGamma(),
                loss.binary(),
                loss.softmax());
    }

    @Override
    public double rate(int step) {
        return at(step).upRate();
    }

    @Override
    public boolean checkpointAfter(int step) {
        return step % CHECKPOINT_EVERY == 0 || step == steps();
    }

    /** How many steps of its epoch a step is from the beginning: the epoch's length where it is the last of it. */
    final int stepOfEpoch(int step) {
        return plan.stepOfEpoch(step);
    }

    /** How many steps the epoch of a step has. */
    final int stepsOfEpoch(int step) {
        return plan.stepsOfEpoch(step);
    }

    @Override
    public List<String> places(int step) {
        return Arrays.stream(plan.rows(step)).mapToObj(task::place).toList();
    }
}

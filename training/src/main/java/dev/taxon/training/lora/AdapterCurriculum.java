package dev.taxon.training.lora;

import dev.taxon.core.Mode;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.training.data.Example;
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
class AdapterCurriculum implements Curriculum {
    private static final long CANDIDATES = 12;
    private static final int CHECKPOINT_EVERY = 200;

    private final LearningTask task;
    private final LoraSettings settings;
    private final AdapterTrainer trainer;
    private final RowEncoder encoder;
    private final CandidateDraw draw;
    private final RateSchedule schedule;
    private final EpochPlan plan;

    AdapterCurriculum(
            LearningTask task,
            LoraSettings settings,
            AdapterTrainer trainer,
            RowEncoder encoder,
            CandidateDraw draw,
            EpochBatches batches) {
        this.task = task;
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
        int[] rows = plan.rows(step);
        Randomness random = Randomness.of(settings.seed(), CANDIDATES, step);
        List<AdapterBatch.Row> drawn = new ArrayList<>();
        for (int row : rows) {
            drawn.add(row(row, task.examples().get(row), random));
        }
        AdapterBatch batch = new AdapterBatch(drawn);
        return new Outcome(trainer.step(batch, at(step)), rows.length, batch.tokens());
    }

    private AdapterBatch.Row row(int number, Example example, Randomness random) {
        List<String> labels = draw.labels(number, example, random);
        Set<String> truths = new HashSet<>(example.trueLabels());
        if (labels.size() > truths.size()
                && random.nextDouble() < settings.candidates().noneShare()) {
            labels.removeAll(truths);
            truths.clear();
        }
        EncodedRow encoded = encoder.encode(example.text(), labels).get(0);
        float[] targets = new float[encoded.labelCount()];
        for (int label = 0; label < targets.length; label++) {
            targets[label] = truths.contains(labels.get(label)) ? 1 : 0;
        }
        return new AdapterBatch.Row(encoded, targets, task.mode() == Mode.SINGLE_LABEL && truths.size() == 1);
    }

    private AdapterStepSettings at(int step) {
        double factor = schedule.factor(step);
        LoraSettings.Rates rates = settings.rates();
        LoraSettings.Loss loss = settings.loss();
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

    /** How many epochs end with a step; 0 where none does. */
    final int epochsEndingWith(int step) {
        return plan.epochsEndingWith(step);
    }

    @Override
    public List<String> places(int step) {
        return Arrays.stream(plan.rows(step))
                .mapToObj(row -> "row " + (row + 1))
                .toList();
    }
}

package dev.taxon.training.learning;

import dev.taxon.core.adapter.Adapter;
import dev.taxon.training.data.Example;
import dev.taxon.training.run.Curriculum;
import dev.taxon.training.run.Phase;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingListener;
import dev.taxon.training.step.AdapterTrainer;
import dev.taxon.training.step.StatefulModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What a job learns with, and what it does the same way whatever it learns from: it scores rows once and keeps the logits,
 * and learns in phases that go on where they were stopped. Used by one thread.
 *
 * @param trainer of an adapter of the job's shape; the caller closes it
 * @param start an adapter to go on from
 * @param identity what has to be the same for a phase to go on, by name
 * @param folder where the job keeps what it has done
 */
public record Session(
        AdapterTrainer trainer,
        RowEncoder encoder,
        Optional<Adapter> start,
        Map<String, String> identity,
        Path folder,
        TrainingListener listener,
        StopSignal stop) {

    /** Gives the trainer the adapter to go on from, or else a new one that follows from the seed. */
    public void begin(long seed) {
        start.ifPresentOrElse(trainer::begin, () -> trainer.begin(seed));
    }

    /** A scorer of some rows, with where the row of a number stands. */
    public RowScorer scorer(List<Example> rows, IntFunction<String> place) {
        return new RowScorer(trainer, encoder, rows, place);
    }

    /** Logits of rows that were kept under a name, or else those under the trainer's adapter; empty when asked to stop. */
    public Optional<List<float[]>> scored(String name, RowScorer scorer, int[] rows) {
        return logits(name).orElse(scorer.examples(rows), () -> scorer.score(rows, stop));
    }

    /** Logits that were kept under a name, if any. */
    public Optional<List<float[]>> known(String name, RowScorer scorer, int[] rows) {
        return logits(name).read(scorer.examples(rows));
    }

    private LogitsFile logits(String name) {
        return new LogitsFile(folder.resolve(name + ".logits"));
    }

    /**
     * Learns to the end in a folder of its own.
     *
     * @param own told of the phase's steps
     * @return false when asked to stop
     */
    public boolean learn(Curriculum curriculum, StatefulModel model, Path phase, TrainingListener own) {
        return new Phase(phase, identity, own, stop).run(curriculum, model).isEmpty();
    }

    /**
     * Tokens of the texts of so many rows, their labels apart; empty when asked to stop meanwhile.
     *
     * @param row the row of a number, from 0
     */
    public Optional<int[]> lengths(int rows, IntFunction<PlacedRow> row) {
        int[] lengths = new int[rows];
        for (int number = 0; number < rows; number++) {
            if (stop.requested()) {
                return Optional.empty();
            }
            lengths[number] = encoder.length(row.apply(number));
        }
        return Optional.of(lengths);
    }

    /** The numbers of so many rows. */
    public static int[] everyRow(int rows) {
        return IntStream.range(0, rows).toArray();
    }
}

package dev.taxon.training.run;

import dev.taxon.training.step.StepResult;
import dev.taxon.training.step.StepSettings;
import dev.taxon.training.step.TrainableModel;
import dev.taxon.training.step.TrainingBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model of eight weights, each pulled towards a hash of what the batch holds, with momentum as optimiser state: order
 * and content of every batch, and every rate, leave their mark on the weights.
 */
class FakeModel implements TrainableModel {
    private static final int WIDTH = 8;

    private final double[] weights = new double[WIDTH];
    private final double[] momentum = new double[WIDTH];
    int stepsTaken;

    @Override
    public StepResult step(TrainingBatch batch, StepSettings settings) {
        stepsTaken++;
        double loss = 0;
        for (int i = 0; i < WIDTH; i++) {
            double error = weights[i] - target(batch, i);
            momentum[i] = 0.9 * momentum[i] + error * settings.headRate() * 100;
            weights[i] -= momentum[i];
            loss += error * error;
        }
        return new StepResult(loss, Math.sqrt(loss), batch.rows().size() / 2);
    }

    private static double target(TrainingBatch batch, int i) {
        int hash = batch.labels().hashCode();
        for (TrainingBatch.Row row : batch.rows()) {
            hash = 31 * hash + row.text().hashCode() + Arrays.hashCode(row.labels()) + Arrays.hashCode(row.targets());
        }
        return ((hash >>> i) & 0xff) / 255.0;
    }

    @Override
    public void saveState(Path file) {
        String state = IntStream.range(0, WIDTH)
                .mapToObj(i -> weights[i] + " " + momentum[i])
                .collect(Collectors.joining("\n"));
        try {
            Files.writeString(file, state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void loadState(Path file) {
        try {
            String[] lines = Files.readString(file).split("\n", -1);
            for (int i = 0; i < WIDTH; i++) {
                String[] numbers = lines[i].split(" ", -1);
                weights[i] = Double.parseDouble(numbers[0]);
                momentum[i] = Double.parseDouble(numbers[1]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void export(Path folder, String name, double trainedShare) {
        saveState(folder.resolve("model.safetensors"));
    }

    double[] weights() {
        return weights.clone();
    }

    @Override
    public void close() {}
}

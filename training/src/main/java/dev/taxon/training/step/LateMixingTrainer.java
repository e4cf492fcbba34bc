package dev.taxon.training.step;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Layout.LateMixing;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.torch.EncoderProgram;
import dev.taxon.core.torch.PackedRows;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.ScriptArchive;
import dev.taxon.core.torch.TorchProgram;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Trains encoder and heads of a late-mixing model ({@code late_mixing_training.py}); word embeddings stay as they are. */
public final class LateMixingTrainer implements TrainableModel {
    private static final double BINARY_WEIGHT = 1;

    private final TorchProgram program;
    private final ModelConfig config;
    private final LearnedWeights learned;

    private LateMixingTrainer(TorchProgram program, ModelConfig config, LearnedWeights learned) {
        this.program = program;
        this.config = config;
        this.learned = learned;
    }

    /**
     * Loads a checkpoint to train.
     *
     * @param checkpoint a late-mixing model, or an encoder alone, whose heads are then initialised from the seed; stays
     *     the caller's, and open as long as the trainer, as {@link #export} reads it again
     * @param precision what the encoder's products run in; weights and moments are fp32 always
     */
    public static LateMixingTrainer load(Checkpoint checkpoint, Precision precision, long seed) {
        ModelConfig config = checkpoint.config();
        if (!(config.layout() instanceof LateMixing layout)) {
            throw new IllegalArgumentException("not a late-mixing model: " + config.name());
        }
        LearnedWeights learned = LearnedWeights.of(checkpoint, seed);
        ScriptArchive archive = archive(config, layout, precision, learned.names());
        TorchProgram program = TorchProgram.load(archive, Device.cpu());
        try (NDManager manager = program.newManager()) {
            NDList arguments = new NDList();
            learned.load(manager).forEach((name, weight) -> {
                weight.setName("weights." + name);
                arguments.add(weight);
            });
            arguments.add(learned.words(manager));
            arguments.add(manager.create(learned.groups()));
            program.callTraining(manager, "prepare", arguments);
            return new LateMixingTrainer(program, config, learned);
        } catch (RuntimeException | Error failure) {
            program.close();
            throw failure;
        }
    }

    private static ScriptArchive archive(
            ModelConfig config, LateMixing layout, Precision precision, List<String> names) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("names", String.join("\n", names));
        for (String state : List.of("words", "groups", "state")) {
            attributes.put(state, ScriptArchive.NONE);
        }
        List<String> sources = List.of("heads", "late_mixing", "losses", "adamw", "late_mixing_training");
        return new EncoderProgram(config, layout.mixingLayers())
                .trainable("late_mixing_training", sources, precision, attributes);
    }

    @Override
    public StepResult step(TrainingBatch batch, StepSettings settings) {
        PackedRows texts = PackedRows.of(
                batch.rows().stream().map(TrainingBatch.Row::text).toList(),
                batch.rows().stream().mapToInt(row -> row.labels().length).toArray());
        PackedRows labels = labels(batch);
        Targets targets = Targets.of(batch.rows(), texts.order());
        try (NDManager manager = program.newManager()) {
            NDList arguments = new NDList(
                    texts.ids(manager),
                    texts.positions(manager),
                    texts.groups(manager),
                    labels.ids(manager),
                    labels.positions(manager),
                    labels.groups(manager),
                    manager.create(labelNumbers(batch.rows(), texts, labels.ranks())),
                    texts.labelRows(manager));
            arguments.addAll(List.of(targets.arrays(manager)));
            arguments.add(manager.create(vector(settings)));
            NDArray result = program.callTraining(manager, "step", arguments);
            float[] values = result.toFloatArray();
            return new StepResult(values[0], values[1], Math.round(values[2]));
        }
    }

    /** Which of the batch's labels, as they are packed, each label of each row is [M]; the filler's last. */
    private static long[] labelNumbers(List<TrainingBatch.Row> rows, PackedRows texts, int[] labelRanks) {
        LongStream own = IntStream.of(texts.order())
                .flatMap(row -> IntStream.of(rows.get(row).labels()))
                .mapToLong(label -> labelRanks[label]);
        return LongStream.concat(
                        own, LongStream.range(0, texts.filler().labels()).map(label -> 0))
                .toArray();
    }

    /** The labels, each after a place for its mark. */
    private PackedRows labels(TrainingBatch batch) {
        int place = config.encoder().padTokenId();
        return PackedRows.of(
                batch.labels().stream().map(label -> label.after(place)).toList());
    }

    private static double[] vector(StepSettings settings) {
        return new double[] {
            settings.step(),
            settings.encoderRate(),
            settings.headRate(),
            settings.weightDecay(),
            settings.maxGradientNorm(),
            settings.focalAlpha(),
            settings.focalGamma(),
            BINARY_WEIGHT,
            settings.softmaxWeight()
        };
    }

    @Override
    public void saveState(Path file) {
        try (NDManager manager = program.newManager()) {
            learned.write(file, tensors(manager));
        }
    }

    @Override
    public void loadState(Path file) {
        try (NDManager manager = program.newManager()) {
            program.invoke("restore", TorchProgram.listed(learned.read(file, manager)))
                    .close();
        }
    }

    @Override
    public void export(Path folder, String name, double trainedShare) {
        try (NDManager manager = program.newManager()) {
            learned.export(folder, name, tensors(manager), trainedShare);
        }
    }

    private List<NDArray> tensors(NDManager manager) {
        try (IValue tensors = program.invoke("tensors")) {
            return TorchProgram.tensors(tensors, manager);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}

package dev.taxon.training.step;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.LowRankUpdate;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Layout.LateMixing;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.model.Ragged;
import dev.taxon.core.model.ScoringModels;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.torch.EncoderProgram;
import dev.taxon.core.torch.PackedRows;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.ScriptArchive;
import dev.taxon.core.torch.ScriptObject;
import dev.taxon.core.torch.TorchProgram;
import dev.taxon.core.torch.WeightForms;
import dev.taxon.core.torch.WeightLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains low-rank adapters (LoRA, arXiv 2106.09685) of a model of any layout and backbone ({@code lora_training.py}). The
 * model's weights are read once and never change; one adapter at a time learns, and a new one may begin after it. Holds
 * weights and optimiser state in native memory until it is closed. Not thread-safe: one thread owns it.
 */
public final class AdapterTrainer implements StatefulModel, AutoCloseable {
    private static final List<String> SOURCES =
            List.of("scoring", "losses", "adamw", "low_rank", "policy", "value", "lora_policy", "lora_training");

    private final TorchProgram program;
    private final LayoutInputs inputs;
    private final AdapterWeights weights;

    private AdapterTrainer(TorchProgram program, LayoutInputs inputs, AdapterWeights weights) {
        this.program = program;
        this.inputs = inputs;
        this.weights = weights;
    }

    /**
     * Loads the model that adapters are trained for; {@link #begin} makes the first one.
     *
     * @param checkpoint stays the caller's, who may close it at once
     * @param precision what the encoder's products run in; the adapter and its moments are fp32 always
     */
    public static AdapterTrainer load(Checkpoint checkpoint, AdapterShape shape, Precision precision) {
        ModelConfig config = checkpoint.config();
        LayoutInputs inputs = new LayoutInputs(config);
        AdapterWeights weights = new AdapterWeights(config, shape);
        TorchProgram program = TorchProgram.load(program(config, shape, precision), Device.cpu());
        try (NDManager manager = program.newManager()) {
            NDList arguments = new NDList();
            WeightLoader.load(checkpoint.weights(), WeightShapes.of(config).keySet(), manager)
                    .forEach((name, weight) -> {
                        weight.setName("weights." + name);
                        arguments.add(weight);
                    });
            arguments.add(manager.create(weights.numbers()));
            program.callTraining(manager, "prepare", arguments);
            return new AdapterTrainer(program, inputs, weights);
        } catch (RuntimeException | Error failure) {
            program.close();
            throw failure;
        }
    }

    /** The program that trains, without its weights; PyTorch's {@code torch.jit.load} takes it, too. */
    public static ScriptArchive program(ModelConfig config, AdapterShape shape, Precision precision) {
        LayoutInputs inputs = new LayoutInputs(config);
        List<String> names = new AdapterWeights(config, shape).names();
        ScriptArchive reading = ScoringModels.program(config, WeightForms.plain(precision));
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("names", String.join("\n", names));
        attributes.put("scale", shape.scale());
        attributes.put("scorer", new ScriptObject(inputs.source(), Map.of("scorer", reading.object())));
        attributes.put("shape", ScriptArchive.NONE);
        attributes.put("state", ScriptArchive.NONE);
        attributes.put("value_names", String.join("\n", PolicyTrainer.VALUE_HEAD));
        attributes.put("value", ScriptArchive.NONE);
        attributes.put("reference", ScriptArchive.NONE);
        attributes.put("acted", ScriptArchive.NONE);
        int layersApart = config.layout() instanceof LateMixing late ? late.mixingLayers() : 1;
        return new EncoderProgram(config, layersApart)
                .trainable("lora_training", SOURCES, precision, attributes)
                .with(reading.sources())
                .with(List.of(ScriptArchive.Source.of(inputs.source())));
    }

    /** Begins an adapter that changes nothing yet. */
    public void begin(long seed) {
        try (NDManager manager = program.newManager()) {
            program.callTraining(manager, "begin", weights.fresh(seed, manager));
        }
    }

    /** Begins with an adapter of the same layers and ranks. */
    public void begin(Adapter adapter) {
        try (NDManager manager = program.newManager()) {
            program.callTraining(manager, "begin", weights.of(adapter, manager));
        }
    }

    /**
     * Forward, loss, backward, clipping and AdamW in one native call. The same state, batch and settings give the same
     * bits on the same machine and thread count. Weights are unchanged when loss or gradient norm is not finite.
     */
    public StepResult step(AdapterBatch batch, AdapterStepSettings settings) {
        PackedRows packed = LayoutInputs.packed(batch.encoded());
        Targets targets = Targets.of(batch.rows(), packed.order());
        try (NDManager manager = program.newManager()) {
            NDList arguments = inputs(batch.encoded(), packed, manager);
            arguments.addAll(List.of(targets.arrays(manager)));
            arguments.add(manager.create(settings.vector()));
            float[] values = program.callTraining(manager, "step", arguments).toFloatArray();
            return new StepResult(values[0], values[1], Math.round(values[2]));
        }
    }

    /** Logits of each row's labels under the adapter as it stands, in the order given. */
    public List<float[]> score(List<EncodedRow> rows) {
        PackedRows packed = LayoutInputs.packed(rows);
        try (NDManager manager = program.newManager()) {
            NDArray logits = program.callTraining(manager, "score", inputs(rows, packed, manager));
            int[] counts = rows.stream().mapToInt(EncodedRow::labelCount).toArray();
            return Ragged.rows(logits.toFloatArray(), counts, packed.order());
        }
    }

    NDList inputs(List<EncodedRow> rows, PackedRows packed, NDManager manager) {
        NDList arguments = new NDList();
        for (NDArray input : inputs.of(rows, packed, manager)) {
            input.setName("inputs[]");
            arguments.add(input);
        }
        return arguments;
    }

    /** What the adapter has come to, scaled already. */
    public Map<String, LowRankUpdate> updates() {
        try (NDManager manager = program.newManager()) {
            return weights.updates(tensors(manager));
        }
    }

    @Override
    public void saveState(Path file) {
        try (NDManager manager = program.newManager()) {
            CheckpointFiles.write(file, stateNames(), tensors(manager));
        }
    }

    @Override
    public void loadState(Path file) {
        try (NDManager manager = program.newManager()) {
            List<NDArray> tensors = OptimiserState.read(file, weights.names(), manager);
            program.invoke("restore", TorchProgram.listed(tensors)).close();
        }
    }

    List<String> stateNames() {
        return OptimiserState.names(weights.names());
    }

    TorchProgram program() {
        return program;
    }

    List<NDArray> tensors(NDManager manager) {
        try (IValue tensors = program.invoke("tensors")) {
            return TorchProgram.tensors(tensors, manager);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}

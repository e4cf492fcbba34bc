package dev.taxon.core.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.EncoderConfig;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.torch.PaddedIds;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.ScriptArchive;
import dev.taxon.core.torch.TorchProgram;
import dev.taxon.core.torch.WeightLoader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reference's layout: labels and text in one sequence from the first layer on ({@code joint.py}). */
final class JointModel implements ScoringModel {
    private final TorchProgram program;
    private final ModelConfig config;

    private JointModel(TorchProgram program, ModelConfig config) {
        this.program = program;
        this.config = config;
    }

    static JointModel load(Checkpoint checkpoint, Precision precision, Device device) {
        ModelConfig config = checkpoint.config();
        TorchProgram program = TorchProgram.load(archive(config, precision), device);
        try (NDManager manager = program.newManager()) {
            IValue weights = TorchProgram.named(WeightLoader.load(
                    checkpoint.weights(), WeightShapes.of(config).keySet(), manager));
            program.invoke("prepare", weights).close();
        }
        return new JointModel(program, config);
    }

    static ScriptArchive archive(ModelConfig config, Precision precision) {
        EncoderConfig encoder = config.encoder();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("dtype", precision.scalarType());
        attributes.put("layer_count", encoder.layers());
        attributes.put("heads", encoder.heads());
        attributes.put("epsilon", encoder.layerNormEpsilon());
        attributes.put("averages_text", config.textPooling() == ModelConfig.TextPooling.AVG);
        attributes.put("averages_labels", config.classPooling() == ModelConfig.ClassPooling.AVERAGE);
        attributes.put("normalizes", config.normalizeFeatures());
        attributes.put("perceives", config.scorer() == ModelConfig.ScorerKind.MLP);
        for (String state :
                List.of("embeddings", "layers", "text_projector", "label_projector", "perceptron", "logit_scale")) {
            attributes.put(state, ScriptArchive.NONE);
        }
        return new ScriptArchive("joint", List.of("bert", "heads", "joint"), attributes);
    }

    @Override
    public List<float[]> logits(List<EncodedInput> rows) {
        List<TokenIds> sequences = rows.stream().map(EncodedInput::text).toList();
        return logits(
                sequences,
                rows.stream().mapToInt(row -> row.input().labels().size()).toArray());
    }

    private List<float[]> logits(List<TokenIds> sequences, int[] labelCounts) {
        PaddedIds padded = PaddedIds.of(sequences, config.encoder().padTokenId());
        LabelSpans spans = LabelSpans.of(sequences, labelCounts, config.classToken(), config.embedClassToken());
        try (NDManager manager = program.newManager()) {
            Shape shape = new Shape(spans.grid().rows(), spans.grid().width());
            NDArray logits = program.call(
                    manager,
                    "score",
                    padded.ids(manager),
                    padded.lengths(manager),
                    manager.create(spans.starts(), shape),
                    manager.create(spans.ends(), shape));
            return spans.grid().ragged(logits.toFloatArray());
        }
    }

    @Override
    public void close() {
        program.close();
    }
}

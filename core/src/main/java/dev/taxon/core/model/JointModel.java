package dev.taxon.core.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.ClassPooling;
import dev.taxon.core.checkpoint.Layout;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.ScorerKind;
import dev.taxon.core.checkpoint.TextPooling;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.torch.EncoderProgram;
import dev.taxon.core.torch.PackedRows;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.PreparedPrograms;
import dev.taxon.core.torch.ScriptArchive;
import dev.taxon.core.torch.TorchProgram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reference's layout: labels and text in one sequence from the first layer on ({@code joint.py}). */
final class JointModel implements ScoringModel {
    private final TorchProgram program;
    private final Layout.Joint layout;

    private JointModel(TorchProgram program, Layout.Joint layout) {
        this.program = program;
        this.layout = layout;
    }

    static JointModel load(Checkpoint checkpoint, Layout.Joint layout, Precision precision, Device device) {
        ModelConfig config = checkpoint.config();
        TorchProgram program = PreparedPrograms.load(
                archive(config, layout, precision, device),
                checkpoint.weights(),
                WeightShapes.of(config).keySet(),
                device);
        return new JointModel(program, layout);
    }

    private static ScriptArchive archive(ModelConfig config, Layout.Joint layout, Precision precision, Device device) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("averages_text", layout.textPooling() == TextPooling.AVG);
        attributes.put("averages_labels", layout.classPooling() == ClassPooling.AVERAGE);
        attributes.put("normalizes", layout.normalizeFeatures());
        attributes.put("perceives", layout.scorer() == ScorerKind.MLP);
        for (String state : List.of("encoder", "text_projector", "label_projector", "perceptron", "logit_scale")) {
            attributes.put(state, ScriptArchive.NONE);
        }
        return new EncoderProgram(config, 1).archive("joint", List.of("heads", "joint"), precision, device, attributes);
    }

    @Override
    public List<float[]> logits(List<EncodedInput> rows) {
        List<TokenIds> sequences = rows.stream().map(EncodedInput::text).toList();
        int[] counts =
                rows.stream().mapToInt(row -> row.input().labels().size()).toArray();
        PackedRows packed = PackedRows.of(sequences, counts);
        LabelSpans spans = spans(rows, packed);
        try (NDManager manager = program.newManager()) {
            NDArray logits = program.call(
                    manager,
                    "score",
                    packed.ids(manager),
                    packed.positions(manager),
                    packed.groups(manager),
                    packed.tokenRows(manager),
                    packed.labelRows(manager),
                    manager.create(spans.read()),
                    manager.create(spans.tokens()),
                    manager.create(spans.numbers()));
            return Ragged.rows(logits.toFloatArray(), counts, packed.order());
        }
    }

    @Override
    public boolean holds(List<EncodedInput> rows) {
        return true;
    }

    @Override
    public void prepare(List<EncodedInput> rows) {
        // Rows of one sequence share nothing.
    }

    private LabelSpans spans(List<EncodedInput> rows, PackedRows packed) {
        LabelSpans.Collector collector = new LabelSpans.Collector(layout.embedClassToken());
        int[] order = packed.order();
        long[] starts = packed.starts();
        for (int rank = 0; rank < order.length; rank++) {
            collector.add(rows.get(order[rank]), starts[rank]);
        }
        collector.addFiller(packed.filler(), starts[order.length]);
        return collector.spans();
    }

    @Override
    public void close() {
        program.close();
    }
}

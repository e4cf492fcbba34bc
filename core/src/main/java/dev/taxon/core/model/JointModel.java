package dev.taxon.core.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.taxon.core.CacheStatistics;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.batch.AdapterRuns;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.ClassPooling;
import dev.taxon.core.checkpoint.Layout;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.TextPooling;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.torch.EncoderProgram;
import dev.taxon.core.torch.PackedRows;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.PreparedPrograms;
import dev.taxon.core.torch.ScriptArchive;
import dev.taxon.core.torch.TorchProgram;
import dev.taxon.core.torch.WeightForms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reference's layout: labels and text in one sequence from the first layer on ({@code joint.py}). */
final class JointModel implements ScoringModel {
    private final TorchProgram program;
    private final Layout.Joint layout;
    private final AdapterLayout adapters;
    private final GroupRules rules;

    private JointModel(TorchProgram program, Layout.Joint layout, AdapterLayout adapters, GroupRules rules) {
        this.program = program;
        this.layout = layout;
        this.adapters = adapters;
        this.rules = rules;
    }

    static JointModel load(
            Checkpoint checkpoint, Layout.Joint layout, Precision precision, Device device, GroupRules rules) {
        ModelConfig config = checkpoint.config();
        TorchProgram program = PreparedPrograms.load(
                archive(config, layout, WeightForms.on(device, precision)),
                checkpoint.weights(),
                WeightShapes.of(config).keySet(),
                device);
        return new JointModel(program, layout, new AdapterLayout(config, precision), rules);
    }

    static ScriptArchive archive(ModelConfig config, Layout.Joint layout, WeightForms forms) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("depth", layout.depth());
        attributes.put("text_pooling", layout.text().pooling().key());
        attributes.put("averages_labels", layout.labels().pooling() == ClassPooling.AVERAGE);
        attributes.put("reads_all", readsAll(config, layout));
        attributes.put("recurs", layout.text().recurs());
        attributes.put("marks_segments", layout.segments());
        attributes.put("activation", layout.activation().program());
        attributes.put("scorer", layout.scorer().kind().key());
        attributes.put("scorer_heads", layout.scorer().heads());
        attributes.put("normalizes", layout.normalizeFeatures());
        attributes.put("model", ScriptArchive.NONE);
        List<String> sources = List.of("heads", "scorers", "pooling", "joint");
        return new EncoderProgram(config, 1).archive("joint", sources, forms, attributes);
    }

    /** Whether more states are read than those of first tokens after the last layer, which alone need be computed. */
    private static boolean readsAll(ModelConfig config, Layout.Joint layout) {
        return layout.text().pooling() != TextPooling.FIRST
                || layout.text().recurs()
                || layout.labels().pooling() == ClassPooling.AVERAGE
                || layout.depth() != config.encoder().layers();
    }

    @Override
    public List<float[]> logits(List<Row> rows) {
        List<TokenIds> sequences =
                rows.stream().map(row -> row.encoded().text()).toList();
        int[] counts = rows.stream().mapToInt(row -> row.encoded().labelCount()).toArray();
        int[] lengths = sequences.stream().mapToInt(TokenIds::length).toArray();
        AdapterRuns runs = rules.runs(rows.stream().map(Row::digest).toList());
        PackedRows packed = PackedRows.of(sequences, counts, runs);
        Optional<AdaptedRows> adapted = AdaptedRows.of(
                rules, packed, runs, rows.stream().map(Row::adapter).toList(), lengths, counts);
        try (NDManager manager = program.newManager()) {
            List<EncodedRow> encoded = rows.stream().map(Row::encoded).toList();
            NDArray[] arguments = JointInputs.of(encoded, packed, layout, manager);
            NDArray logits = Calls.adapted(program, "score", adapted, manager, arguments);
            return Ragged.rows(logits.toFloatArray(), counts, packed.order());
        }
    }

    @Override
    public boolean holds(List<Row> rows) {
        return true;
    }

    @Override
    public void prepare(List<Row> rows) {
        // Rows of one sequence share nothing.
    }

    @Override
    public CacheStatistics labelStates() {
        return CacheStatistics.NONE;
    }

    @Override
    public ResidentAdapter prepareAdapter(Adapter adapter) {
        return adapters.prepare(adapter, program);
    }

    @Override
    public void close() {
        program.close();
    }
}

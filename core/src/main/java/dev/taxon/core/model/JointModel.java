package dev.taxon.core.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.taxon.core.CacheStatistics;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.ClassPooling;
import dev.taxon.core.checkpoint.Layout;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.TextPooling;
import dev.taxon.core.checkpoint.WeightShapes;
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
import java.util.Optional;

/** The reference's layout: labels and text in one sequence from the first layer on ({@code joint.py}). */
final class JointModel implements ScoringModel {
    private final TorchProgram program;
    private final Layout.Joint layout;
    private final AdapterLayout adapters;

    private JointModel(TorchProgram program, Layout.Joint layout, AdapterLayout adapters) {
        this.program = program;
        this.layout = layout;
        this.adapters = adapters;
    }

    static JointModel load(Checkpoint checkpoint, Layout.Joint layout, Precision precision, Device device) {
        ModelConfig config = checkpoint.config();
        TorchProgram program = PreparedPrograms.load(
                archive(config, layout, precision, device),
                checkpoint.weights(),
                WeightShapes.of(config).keySet(),
                device);
        return new JointModel(program, layout, new AdapterLayout(config, precision));
    }

    static ScriptArchive archive(ModelConfig config, Layout.Joint layout, Precision precision, Device device) {
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
        return new EncoderProgram(config, 1).archive("joint", sources, precision, device, attributes);
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
        PackedRows packed = PackedRows.of(sequences, counts);
        int[] lengths = sequences.stream().mapToInt(TokenIds::length).toArray();
        Optional<AdaptedRows> adapted =
                AdaptedRows.of(packed, rows.stream().map(Row::adapter).toList(), lengths, counts);
        try (NDManager manager = program.newManager()) {
            NDArray[] arguments = arguments(rows, packed, manager);
            NDArray logits = Calls.adapted(program, "score", adapted, manager, arguments);
            return Ragged.rows(logits.toFloatArray(), counts, packed.order());
        }
    }

    private NDArray[] arguments(List<Row> rows, PackedRows packed, NDManager manager) {
        JointPlaces places = places(rows, packed);
        return new NDArray[] {
            packed.ids(manager),
            packed.positions(manager),
            packed.groups(manager),
            packed.labelRows(manager),
            manager.create(places.read()),
            manager.create(places.labelTokens()),
            manager.create(places.labelNumbers()),
            manager.create(places.texts(), new Shape(places.texts().length / 3, 3)),
            manager.create(places.segments())
        };
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

    private JointPlaces places(List<Row> rows, PackedRows packed) {
        JointPlaces.Collector collector = new JointPlaces.Collector(layout);
        int[] order = packed.order();
        long[] starts = packed.starts();
        for (int rank = 0; rank < order.length; rank++) {
            collector.add(rows.get(order[rank]).encoded(), starts[rank]);
        }
        collector.addFiller(packed.filler(), starts[order.length]);
        return collector.places();
    }

    @Override
    public void close() {
        program.close();
    }
}

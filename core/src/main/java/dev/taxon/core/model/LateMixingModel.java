package dev.taxon.core.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.taxon.core.CacheStatistics;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.batch.AdapterRuns;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.EncoderConfig;
import dev.taxon.core.checkpoint.Layout.LateMixing;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.torch.EncoderProgram;
import dev.taxon.core.torch.PackedRows;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.PreparedPrograms;
import dev.taxon.core.torch.ScriptArchive;
import dev.taxon.core.torch.TorchProgram;
import dev.taxon.core.torch.WeightForms;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Late mixing ({@code late_mixing.py}): labels are encoded once, kept, and read beside each text in the last layers. */
final class LateMixingModel implements ScoringModel {
    private final TorchProgram program;
    private final EncoderConfig encoder;
    private final LabelStates known;
    private final AdapterLayout adapters;
    private final GroupRules rules;

    private LateMixingModel(
            TorchProgram program, EncoderConfig encoder, AdapterLayout adapters, GroupRules rules, long labelBytes) {
        this.program = program;
        this.encoder = encoder;
        this.adapters = adapters;
        this.rules = rules;
        this.known = new LabelStates(labelBytes, (long) stateSize() * Float.BYTES);
    }

    static LateMixingModel load(
            Checkpoint checkpoint,
            LateMixing layout,
            Precision precision,
            Device device,
            GroupRules rules,
            long labelBytes) {
        ModelConfig config = checkpoint.config();
        TorchProgram program = PreparedPrograms.load(
                archive(config, layout, WeightForms.on(device, precision)),
                checkpoint.weights(),
                WeightShapes.of(config).keySet(),
                device);
        return new LateMixingModel(program, config.encoder(), new AdapterLayout(config, precision), rules, labelBytes);
    }

    static ScriptArchive archive(ModelConfig config, LateMixing layout, WeightForms forms) {
        return new EncoderProgram(config, layout.mixingLayers())
                .archive("late_mixing", List.of("heads", "late_mixing"), forms, Map.of("model", ScriptArchive.NONE));
    }

    /** Floats of one label's states: the mark before mixing and the label's embedding. */
    private int stateSize() {
        return 2 * encoder.hiddenSize();
    }

    @Override
    public List<float[]> logits(List<Row> rows) {
        List<TokenIds> texts = rows.stream().map(row -> row.encoded().text()).toList();
        int[] counts = rows.stream().mapToInt(row -> row.encoded().labelCount()).toArray();
        int[] lengths = texts.stream().mapToInt(TokenIds::length).toArray();
        AdapterRuns runs = rules.runs(rows.stream().map(Row::digest).toList());
        PackedRows packed = PackedRows.of(texts, counts, runs);
        DistinctLabels distinct = DistinctLabels.of(rows, packed);
        List<float[]> states = known.of(distinct.labels(), encoder(rows));
        Optional<AdaptedRows> adapted = AdaptedRows.of(
                rules, packed, runs, rows.stream().map(Row::adapter).toList(), lengths, counts);
        try (NDManager manager = program.newManager()) {
            NDArray logits = Calls.adapted(
                    program,
                    "score",
                    adapted,
                    manager,
                    packed.ids(manager),
                    packed.positions(manager),
                    packed.groups(manager),
                    stack(states, manager),
                    manager.create(distinct.index()),
                    packed.labelRows(manager));
            return Ragged.rows(logits.toFloatArray(), counts, packed.order());
        }
    }

    @Override
    public boolean holds(List<Row> rows) {
        return known.holds(labels(rows));
    }

    @Override
    public void prepare(List<Row> rows) {
        known.prepare(labels(rows), encoder(rows));
    }

    @Override
    public CacheStatistics labelStates() {
        return known.statistics();
    }

    @Override
    public ResidentAdapter prepareAdapter(Adapter adapter) {
        return adapters.prepare(adapter, program);
    }

    private static List<LabelKey> labels(List<Row> rows) {
        return rows.stream()
                .flatMap(row -> row.encoded().labels().stream().map(label -> new LabelKey(row.digest(), label)))
                .distinct()
                .toList();
    }

    /** Encodes labels under the adapters of some rows. */
    private LabelStates.Encoder encoder(List<Row> rows) {
        Map<String, ResidentAdapter> byDigest = new HashMap<>();
        rows.forEach(row -> row.adapter().ifPresent(adapter -> byDigest.put(adapter.digest(), adapter)));
        return labels -> encode(labels, byDigest);
    }

    private List<float[]> encode(List<LabelKey> labels, Map<String, ResidentAdapter> byDigest) {
        List<TokenIds> sequences = labels.stream()
                .map(key -> key.label().after(encoder.padTokenId()))
                .toList();
        int[] lengths = sequences.stream().mapToInt(TokenIds::length).toArray();
        int[] none = new int[lengths.length];
        AdapterRuns runs = rules.runs(labels.stream().map(LabelKey::adapter).toList());
        PackedRows packed = PackedRows.of(sequences, none, runs);
        List<Optional<ResidentAdapter>> own = labels.stream()
                .map(key -> Optional.ofNullable(byDigest.get(key.adapter())))
                .toList();
        Optional<AdaptedRows> adapted = AdaptedRows.of(rules, packed, runs, own, lengths, none);
        int[] ranks = packed.ranks();
        try (NDManager manager = program.newManager()) {
            float[] states = Calls.adapted(
                            program,
                            "encode_labels",
                            adapted,
                            manager,
                            packed.ids(manager),
                            packed.positions(manager),
                            packed.groups(manager))
                    .toFloatArray();
            return Arrays.stream(ranks)
                    .mapToObj(rank -> Arrays.copyOfRange(states, rank * stateSize(), (rank + 1) * stateSize()))
                    .toList();
        }
    }

    private NDArray stack(List<float[]> states, NDManager manager) {
        float[] stacked = new float[states.size() * stateSize()];
        for (int i = 0; i < states.size(); i++) {
            System.arraycopy(states.get(i), 0, stacked, i * stateSize(), stateSize());
        }
        return manager.create(stacked, new Shape(states.size(), 2, encoder.hiddenSize()));
    }

    @Override
    public void close() {
        program.close();
    }
}

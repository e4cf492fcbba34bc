package dev.taxon.core.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.EncoderConfig;
import dev.taxon.core.checkpoint.Layout.LateMixing;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.torch.EncoderProgram;
import dev.taxon.core.torch.PackedRows;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.PreparedPrograms;
import dev.taxon.core.torch.ScriptArchive;
import dev.taxon.core.torch.TorchProgram;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Late mixing ({@code late_mixing.py}): labels are encoded once, kept, and read beside each text in the last layers. */
final class LateMixingModel implements ScoringModel {
    private static final long LABEL_STATE_BUDGET = 64L << 20;

    private final TorchProgram program;
    private final EncoderConfig encoder;
    private final LabelStates known;

    private LateMixingModel(TorchProgram program, EncoderConfig encoder) {
        this.program = program;
        this.encoder = encoder;
        this.known = new LabelStates(this::encode, LABEL_STATE_BUDGET, (long) stateSize() * Float.BYTES);
    }

    static LateMixingModel load(Checkpoint checkpoint, LateMixing layout, Precision precision, Device device) {
        ModelConfig config = checkpoint.config();
        TorchProgram program = PreparedPrograms.load(
                archive(config, layout, precision, device),
                checkpoint.weights(),
                WeightShapes.of(config).keySet(),
                device);
        return new LateMixingModel(program, config.encoder());
    }

    private static ScriptArchive archive(ModelConfig config, LateMixing layout, Precision precision, Device device) {
        return new EncoderProgram(config, layout.mixingLayers())
                .archive(
                        "late_mixing",
                        List.of("heads", "late_mixing"),
                        precision,
                        device,
                        Map.of("model", ScriptArchive.NONE));
    }

    /** Floats of one label's states: the mark before mixing and the label's embedding. */
    private int stateSize() {
        return 2 * encoder.hiddenSize();
    }

    @Override
    public List<float[]> logits(List<EncodedInput> rows) {
        int[] counts = rows.stream().mapToInt(row -> row.labels().size()).toArray();
        PackedRows packed = PackedRows.of(rows.stream().map(EncodedInput::text).toList(), counts);
        DistinctLabels distinct = DistinctLabels.of(rows, packed);
        List<float[]> states = known.of(distinct.labels());
        try (NDManager manager = program.newManager()) {
            NDArray logits = program.call(
                    manager,
                    "score",
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
    public boolean holds(List<EncodedInput> rows) {
        return known.holds(labels(rows));
    }

    @Override
    public void prepare(List<EncodedInput> rows) {
        known.of(labels(rows));
    }

    private static List<TokenIds> labels(List<EncodedInput> rows) {
        return rows.stream().flatMap(row -> row.labels().stream()).distinct().toList();
    }

    private List<float[]> encode(List<TokenIds> labels) {
        PackedRows packed = PackedRows.of(
                labels.stream().map(label -> label.after(encoder.padTokenId())).toList());
        int[] ranks = packed.ranks();
        try (NDManager manager = program.newManager()) {
            float[] states = program.call(
                            manager,
                            "encode_labels",
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

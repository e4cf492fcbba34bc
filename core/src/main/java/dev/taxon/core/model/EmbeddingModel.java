package dev.taxon.core.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.taxon.core.batch.TokenBudgetPlanner;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.EncoderConfig;
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
import java.util.List;
import java.util.Map;

/**
 * An encoder as the embedding model it is ({@code embedding.py}), which every classifier made of it has to beat. Owns its
 * weights in native memory until closed. Not thread-safe.
 */
public final class EmbeddingModel implements AutoCloseable {
    private static final TokenBudgetPlanner PLANNER = new TokenBudgetPlanner(8192, 64);

    private final TorchProgram program;
    private final EncoderConfig encoder;

    private EmbeddingModel(TorchProgram program, EncoderConfig encoder) {
        this.program = program;
        this.encoder = encoder;
    }

    /** Loads a checkpoint's encoder; its heads, if it has any, are not used. The checkpoint may be closed at once. */
    public static EmbeddingModel load(Checkpoint checkpoint, Precision precision) {
        EncoderConfig encoder = checkpoint.config().encoder();
        TorchProgram program = PreparedPrograms.load(
                archive(checkpoint.config(), precision),
                checkpoint.weights(),
                WeightShapes.ofEncoder(checkpoint.config()).keySet(),
                Device.cpu());
        return new EmbeddingModel(program, encoder);
    }

    private static ScriptArchive archive(ModelConfig config, Precision precision) {
        return new EncoderProgram(config, 1)
                .archive(
                        "embedding",
                        List.of("heads", "embedding"),
                        WeightForms.on(Device.cpu(), precision),
                        Map.of("encoder", ScriptArchive.NONE));
    }

    /** Unit vectors [sequences, hidden] of sequences {@code [CLS] text [SEP]}, in the order given. */
    public float[][] embed(List<TokenIds> sequences) {
        float[][] vectors = new float[sequences.size()][];
        for (int[] batch :
                PLANNER.plan(sequences.stream().mapToInt(TokenIds::length).toArray())) {
            embed(sequences, batch, vectors);
        }
        return vectors;
    }

    private void embed(List<TokenIds> sequences, int[] batch, float[][] vectors) {
        PackedRows packed =
                PackedRows.of(Arrays.stream(batch).mapToObj(sequences::get).toList());
        int[] order = packed.order();
        int size = encoder.hiddenSize();
        try (NDManager manager = program.newManager()) {
            float[] embedded = program.call(
                            manager, "embed", packed.ids(manager), packed.positions(manager), packed.groups(manager))
                    .toFloatArray();
            for (int rank = 0; rank < order.length; rank++) {
                vectors[batch[order[rank]]] = Arrays.copyOfRange(embedded, rank * size, (rank + 1) * size);
            }
        }
    }

    @Override
    public void close() {
        program.close();
    }
}

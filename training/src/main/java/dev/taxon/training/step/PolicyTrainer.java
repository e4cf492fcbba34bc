package dev.taxon.training.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.torch.PackedRows;
import dev.taxon.core.torch.TorchProgram;
import dev.taxon.core.torch.WeightLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trains the adapter of an {@link AdapterTrainer} from rewards ({@code lora_policy.py}): the adapter's answers are a policy,
 * which is held against the adapter that it began as. Holds the value head and the reference in the trainer's native
 * memory. Not thread-safe: the thread that owns the trainer calls it.
 */
public final class PolicyTrainer implements StatefulModel {
    /** The value head's tensors, in the order of {@code value.py}. */
    public static final List<String> VALUE_HEAD =
            List.of("value.0.weight", "value.0.bias", "value.2.weight", "value.2.bias");

    private final AdapterTrainer trainer;
    private List<EncodedRow> rows = List.of();
    private PackedRows packed = PackedRows.of(List.of());

    private PolicyTrainer(AdapterTrainer trainer) {
        this.trainer = trainer;
    }

    /**
     * A row to act on.
     *
     * @param singleLabel true when it is answered with exactly one label
     * @param numbers by label: uniform in [0, 1), to sample with; or what was done before, 1 for a chosen label, else 0
     * @param taken whether the numbers are what was done before
     */
    public record Row(EncodedRow encoded, boolean singleLabel, double[] numbers, boolean taken) {}

    /**
     * What was done.
     *
     * @param chosen by row and label, 1 for one that was chosen and 0 for another
     * @param values the reward that the value head expects of each row
     */
    public record Acted(List<double[]> chosen, double[] values) {}

    /**
     * What an inner iteration is to use.
     *
     * @param update number of this update from 1, for Adam's bias correction
     * @param maxGradientNorm gradients are scaled down to this norm, over all parameters
     */
    public record Settings(
            int update,
            double encoderRate,
            double headRate,
            double maxGradientNorm,
            double valueRate,
            double clip,
            double entropyWeight,
            double divergenceWeight) {

        double[] vector() {
            return new double[] {
                update, encoderRate, headRate, 0, maxGradientNorm, valueRate, clip, entropyWeight, divergenceWeight
            };
        }
    }

    /** What an inner iteration saw before its update; see {@code lora_policy.improve}. */
    public record Seen(
            double loss,
            double gradientNorm,
            double entropy,
            double divergence,
            double clipFraction,
            double valueLoss) {}

    /**
     * Begins where the trainer's adapter is, which becomes the reference.
     *
     * @param trainer begun; stays the caller's
     * @param valueHead tensors named as {@link #VALUE_HEAD}, in its order
     */
    public static PolicyTrainer begin(AdapterTrainer trainer, List<StoredTensor> valueHead) {
        try (NDManager manager = trainer.program().newManager()) {
            NDList arguments = new NDList();
            for (StoredTensor tensor : valueHead) {
                long[] shape =
                        tensor.shape().stream().mapToLong(Long::longValue).toArray();
                NDArray array =
                        WeightLoader.owned(manager.create(tensor.values().get(), new Shape(shape), DataType.FLOAT32));
                array.setName("value." + tensor.name());
                arguments.add(array);
            }
            trainer.program().callTraining(manager, "begin_policy", arguments);
        }
        return new PolicyTrainer(trainer);
    }

    /** Acts on rows, which {@link #improve} then learns from. */
    public Acted act(List<Row> acting) {
        rows = acting.stream().map(Row::encoded).toList();
        packed = LayoutInputs.packed(rows);
        int width = acting.stream().mapToInt(row -> row.numbers().length).max().orElse(0);
        try (NDManager manager = trainer.program().newManager()) {
            NDList arguments = trainer.inputs(rows, packed, manager);
            arguments.addAll(actions(acting, width, manager));
            double[] found =
                    trainer.program().callTraining(manager, "act", arguments).toDoubleArray();
            return acted(acting, width, found);
        }
    }

    /** Counts, singles, numbers [rows, width] and which were taken, in the order of the packing. */
    private NDList actions(List<Row> acting, int width, NDManager manager) {
        int[] order = packed.order();
        long[] counts = new long[order.length];
        float[] singles = new float[order.length];
        float[] taken = new float[order.length];
        double[] numbers = new double[order.length * width];
        for (int rank = 0; rank < order.length; rank++) {
            Row row = acting.get(order[rank]);
            counts[rank] = row.numbers().length;
            singles[rank] = row.singleLabel() ? 1 : 0;
            taken[rank] = row.taken() ? 1 : 0;
            System.arraycopy(row.numbers(), 0, numbers, rank * width, row.numbers().length);
        }
        return new NDList(
                manager.create(counts),
                manager.create(singles),
                manager.create(numbers, new Shape(order.length, width)),
                manager.create(taken));
    }

    private Acted acted(List<Row> acting, int width, double[] found) {
        int[] ranks = packed.ranks();
        List<double[]> chosen = new ArrayList<>();
        double[] values = new double[ranks.length];
        for (int row = 0; row < ranks.length; row++) {
            int start = ranks[row] * (width + 1);
            chosen.add(Arrays.copyOfRange(found, start, start + acting.get(row).numbers().length));
            values[row] = found[start + width];
        }
        return new Acted(chosen, values);
    }

    /**
     * One inner iteration on the rows that were acted on last: forward, loss, backward, clipping and AdamW, then a step of
     * the value head. The adapter is unchanged when loss or gradient norm is not finite.
     *
     * @param advantages one a row
     * @param rewards one a row, for the value head
     */
    public Seen improve(double[] advantages, double[] rewards, Settings settings) {
        try (NDManager manager = trainer.program().newManager()) {
            NDList arguments = trainer.inputs(rows, packed, manager);
            arguments.add(manager.create(ordered(advantages)));
            arguments.add(manager.create(ordered(rewards)));
            arguments.add(manager.create(settings.vector()));
            double[] seen = trainer.program()
                    .callTraining(manager, "improve", arguments)
                    .toDoubleArray();
            return new Seen(seen[0], seen[1], seen[2], seen[3], seen[4], seen[5]);
        }
    }

    private double[] ordered(double[] numbers) {
        return Arrays.stream(packed.order()).mapToDouble(row -> numbers[row]).toArray();
    }

    /** Adapter, value head and the state of both optimisers. The reference is left out: it is what training begins as. */
    @Override
    public void saveState(Path file) {
        try (NDManager manager = trainer.program().newManager();
                IValue value = trainer.program().invoke("value_tensors")) {
            List<String> names = new ArrayList<>(trainer.stateNames());
            names.addAll(OptimiserState.names(VALUE_HEAD));
            List<NDArray> tensors = new ArrayList<>(trainer.tensors(manager));
            tensors.addAll(TorchProgram.tensors(value, manager));
            CheckpointFiles.write(file, names, tensors);
        }
    }

    @Override
    public void loadState(Path file) {
        trainer.loadState(file);
        try (NDManager manager = trainer.program().newManager()) {
            List<NDArray> tensors = OptimiserState.read(file, VALUE_HEAD, manager);
            trainer.program()
                    .invoke("restore_value", TorchProgram.listed(tensors))
                    .close();
        }
    }
}

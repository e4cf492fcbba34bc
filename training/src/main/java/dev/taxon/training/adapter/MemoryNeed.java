package dev.taxon.training.adapter;

import com.sun.management.OperatingSystemMXBean;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.run.TrainingException;
import dev.taxon.training.step.AdapterSize;
import dev.taxon.training.step.AdapterTarget;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/**
 * What a job will take of the machine's memory, estimated from shapes and batch.
 *
 * @param bytes at a step of as many tokens as a batch may have; a single longer row takes more
 */
record MemoryNeed(long bytes) {
    /** Numbers that a layer keeps of each token for the way back, by the hidden size: measured, with a margin. */
    private static final int KEPT_OF_HIDDEN = 40;

    /** JVM, libtorch and data. */
    private static final long REST = 700L << 20;

    /**
     * The need of steps.
     *
     * @param batchTokens the most tokens of a step
     */
    static MemoryNeed of(ModelConfig config, AdapterSize size, int batchTokens, Precision precision) {
        long weights = WeightShapes.of(config).values().stream()
                .mapToLong(MemoryNeed::elements)
                .sum();
        long adapter = AdapterTarget.layers(config, size.targets()).stream()
                .map(layer -> WeightShapes.linearLayers(config).getOrDefault(layer, List.of()))
                .mapToLong(shape ->
                        size.rank() * shape.stream().mapToLong(Long::longValue).sum())
                .sum();
        long kept = (long) batchTokens
                * config.encoder().layers()
                * config.encoder().hiddenSize()
                * KEPT_OF_HIDDEN;
        int bytes = precision == Precision.FP32 ? Float.BYTES : Short.BYTES;
        return new MemoryNeed(REST + weights * (Float.BYTES + bytes) + adapter * 6 * Float.BYTES + kept * bytes);
    }

    private static long elements(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** Throws {@link TrainingException} where the machine has less to give. */
    void requireFits() {
        long total = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        if (bytes > total) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "Training would take about %,d MB of memory, but the machine has %,d MB; try a smaller --batch-tokens,"
                            + " --rank or model.",
                    bytes >> 20,
                    total >> 20));
        }
    }
}

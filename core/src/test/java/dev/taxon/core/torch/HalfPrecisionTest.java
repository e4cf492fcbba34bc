package dev.taxon.core.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** fp16, which is for GPUs, has digits enough but ends at 65,504. */
class HalfPrecisionTest {
    private static final Shape ROW = new Shape(1, 700, 16);

    @Test
    void keysThatSumUpToMoreThanThereIsAreStillRead() {
        List<ScriptArchive.Source> sources = Stream.of("whole", "exponentials", "attention", "probe")
                .map(ScriptArchive.Source::of)
                .toList();
        Map<String, Object> attributes = Map.of("dtype", Precision.FP16.scalarType());
        try (TorchProgram program = TorchProgram.load(new ScriptArchive("probe", sources, attributes), Device.cpu());
                NDManager manager = program.newManager()) {
            NDArray query = manager.zeros(ROW, DataType.FLOAT32);
            NDArray key = manager.ones(ROW, DataType.FLOAT32).mul(100);
            NDArray value = manager.ones(ROW, DataType.FLOAT32);

            float[] context = program.call(manager, "attend", query, key, value, manager.create(1L))
                    .toFloatArray();

            // Nobody is asked for more than the others: the mean of values that are all 1.
            assertThat(context).hasSize(700 * 16);
            for (float number : context) {
                assertThat(number).isBetween(0.99f, 1.01f);
            }
        }
    }
}

package dev.taxon.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.TorchProgram;
import dev.taxon.core.torch.WeightForms;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a program keeps of an adapter that it was given. */
final class PreparedAdapterTest {
    private static final Path SMALL = Path.of("src/test/resources/oracle/bert-simple-first");

    @Test
    void nothingThatIsKeptLiesInTheBuffersItCameIn() {
        try (Checkpoint checkpoint = Checkpoints.open(SMALL);
                TorchProgram program = TorchProgram.load(
                        ScoringModels.program(checkpoint.config(), WeightForms.plain(Precision.FP32)), Device.cpu());
                NDManager manager = program.newManager()) {
            List<ByteBuffer> buffers = new ArrayList<>();
            List<NDArray> given = ofRankOne(checkpoint.config(), buffers, manager);
            try (IValue prepared = program.invoke("prepare_adapter", TorchProgram.listed(given))) {
                buffers.forEach(PreparedAdapterTest::clear);
                assertThat(TorchProgram.tensors(prepared, manager))
                        .hasSameSizeAs(given)
                        .allSatisfy(kept -> assertThat(kept.toFloatArray()).containsOnly(1));
            }
        }
    }

    /** Down, up and shift of every layer, of ones: matrices of one row or column are those that need no copy. */
    private static List<NDArray> ofRankOne(ModelConfig config, List<ByteBuffer> buffers, NDManager manager) {
        List<NDArray> tensors = new ArrayList<>();
        WeightShapes.linearLayers(config).values().forEach(shape -> {
            tensors.add(ones(buffers, manager, 1, shape.get(1)));
            tensors.add(ones(buffers, manager, shape.get(0), 1));
            tensors.add(ones(buffers, manager, shape.get(0)));
        });
        return tensors;
    }

    private static NDArray ones(List<ByteBuffer> buffers, NDManager manager, long... shape) {
        int size = Math.toIntExact(new Shape(shape).size());
        ByteBuffer buffer = ByteBuffer.allocateDirect(size * Float.BYTES).order(ByteOrder.nativeOrder());
        for (int i = 0; i < size; i++) {
            buffer.putFloat(1);
        }
        buffers.add(buffer.flip());
        return manager.create(buffer, new Shape(shape), DataType.FLOAT32);
    }

    private static void clear(ByteBuffer buffer) {
        for (int i = 0; i < buffer.limit(); i++) {
            buffer.put(i, (byte) 0);
        }
    }
}

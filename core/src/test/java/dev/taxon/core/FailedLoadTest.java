package dev.taxon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.checkpoint.TensorInfo;
import dev.taxon.core.checkpoint.Weights;
import dev.taxon.core.torch.Precision;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A classifier that does not come to be leaves nothing behind. */
class FailedLoadTest {
    @Test
    void anErrorEndsTheThreadsOfTheDevice() {
        Set<Thread> before = lanes();
        try (Checkpoint whole = Checkpoints.open(OracleFolders.path(OracleFolders.SIMPLE_FIRST));
                Checkpoint broken = new Checkpoint(
                        whole.config(), new Unreadable(whole.weights()), whole.tokenizerJson(), whole.base())) {
            EngineOptions options = EngineOptions.defaults().withPrecision(Precision.FP32);
            assertThatThrownBy(() -> Classifiers.open(broken, options))
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessage("no room");
        }
        assertThat(lanes()).isSubsetOf(before);
    }

    /** The digest is found on another thread, which is nobody's business. */
    @Test
    void aFileThatCannotBeReadASecondTimeIsRefusedAsDocumented() {
        Set<Thread> before = lanes();
        AtomicInteger reads = new AtomicInteger();
        try (Checkpoint whole = Checkpoints.open(OracleFolders.path(OracleFolders.SIMPLE_FIRST))) {
            Supplier<byte[]> once = () -> {
                if (reads.incrementAndGet() > 1) {
                    throw new CheckpointException("tokenizer.json cannot be read.");
                }
                return whole.tokenizerJson().get();
            };
            Checkpoint vanishing = new Checkpoint(whole.config(), whole.weights(), once, whole.base());
            EngineOptions options = EngineOptions.defaults().withPrecision(Precision.FP32);
            assertThatThrownBy(() -> Classifiers.open(vanishing, options))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage("tokenizer.json cannot be read.");
        }
        assertThat(reads).hasValue(2);
        assertThat(lanes()).isSubsetOf(before);
    }

    private static Set<Thread> lanes() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("taxon-device-"))
                .collect(Collectors.toSet());
    }

    /** Weights that there is no memory for; the memory of those that they stand for is theirs to free. */
    private record Unreadable(Weights weights) implements Weights {
        @Override
        public Set<String> names() {
            return weights.names();
        }

        @Override
        public TensorInfo info(String name) {
            return weights.info(name);
        }

        @Override
        public ByteBuffer bytes(String name) {
            throw new OutOfMemoryError("no room");
        }

        @Override
        public void close() {}
    }
}

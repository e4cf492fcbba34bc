package dev.taxon.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights in several files behind an index. */
class ShardedCheckpointTest {
    @TempDir
    Path temporary;

    private Path folder = Path.of("set before each test");

    @BeforeEach
    void copyOracle() {
        folder = OracleFolders.copy(OracleFolders.SIMPLE_FIRST, temporary.resolve("my-model"));
    }

    @Test
    void opensShards() throws IOException {
        Map<String, ByteBuffer> expected = split();

        try (Checkpoint checkpoint = Checkpoints.open(folder)) {
            assertThat(checkpoint.weights().names()).isEqualTo(expected.keySet());
            expected.forEach((name, bytes) ->
                    assertThat(checkpoint.weights().bytes(name)).isEqualTo(bytes));
        }
    }

    @Test
    void aMissingShardIsNamed() throws IOException {
        split();
        Files.delete(folder.resolve("model-2.safetensors"));
        assertRefused("model-2.safetensors is missing");
    }

    @Test
    void aShardOutsideTheFolderIsRefused() throws IOException {
        split();
        Files.writeString(
                folder.resolve("model.safetensors.index.json"), "{\"weight_map\":{\"a\":\"../model-1.safetensors\"}}");
        assertRefused("not a plain safetensors file name");
    }

    @Test
    void anIndexThatLiesIsRefused() throws IOException {
        split();
        Path index = folder.resolve("model.safetensors.index.json");
        Files.writeString(index, Files.readString(index).replace("\"model.logit_scale\"", "\"model.other\""));
        assertRefused("no tensor 'model.other'");
        Files.writeString(index, "{\"weight_map\":[]}");
        assertRefused("weight_map");
        Files.writeString(index, "{}");
        assertRefused("weight_map");
    }

    @Test
    void aTensorInTwoShardsIsRefused() throws IOException {
        split();
        Files.copy(folder.resolve("model-2.safetensors"), folder.resolve("model-3.safetensors"));
        Path index = folder.resolve("model.safetensors.index.json");
        Files.writeString(
                index, Files.readString(index).replaceFirst("\"model-2.safetensors\"", "\"model-3.safetensors\""));
        assertRefused("stands in two files");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> Checkpoints.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(message);
    }

    /** Splits the weights into two files with an index. */
    private Map<String, ByteBuffer> split() throws IOException {
        Map<String, ByteBuffer> tensors = new HashMap<>();
        List<String> entries = new ArrayList<>();
        try (SafetensorsFile weights = SafetensorsFile.open(folder.resolve("model.safetensors"))) {
            List<SafetensorsWriter> writers = List.of(new SafetensorsWriter(Map.of()), new SafetensorsWriter(Map.of()));
            for (String name : weights.names()) {
                int shard = entries.size() % 2;
                writers.get(shard).add(weights.info(name), () -> weights.bytes(name));
                entries.add("\"%s\":\"model-%d.safetensors\"".formatted(name, shard + 1));
                tensors.put(name, weights.bytes(name));
            }
            writers.get(0).write(folder.resolve("model-1.safetensors"));
            writers.get(1).write(folder.resolve("model-2.safetensors"));
        }
        Files.writeString(
                folder.resolve("model.safetensors.index.json"),
                "{\"metadata\":{},\"weight_map\":{" + String.join(",", entries) + "}}");
        Files.delete(folder.resolve("model.safetensors"));
        return tensors;
    }
}

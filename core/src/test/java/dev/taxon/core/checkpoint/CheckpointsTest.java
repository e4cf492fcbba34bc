package dev.taxon.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    private static final String QUERY = "model.encoder_model.encoder.layer.1.attention.self.query.weight";

    @TempDir
    Path temporary;

    private Path folder = Path.of("set before each test");

    @BeforeEach
    void copyOracle() throws IOException {
        folder = Files.createDirectory(temporary.resolve("my-model"));
        Path oracle = OracleFolders.path(OracleFolders.SIMPLE_FIRST);
        for (String file : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            Files.copy(oracle.resolve(file), folder.resolve(file));
        }
    }

    @Test
    void opensAFolder() {
        try (Checkpoint checkpoint = Checkpoints.open(folder)) {
            assertThat(checkpoint.config().name()).isEqualTo("my-model");
            assertThat(checkpoint.weights().names())
                    .containsAll(WeightShapes.of(checkpoint.config()).keySet());
            assertThat(checkpoint.tokenizerJson().get()).isNotEmpty();
        }
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

    @Test
    void whatIsMissingIsNamed() throws IOException {
        for (String file : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            byte[] kept = Files.readAllBytes(folder.resolve(file));
            Files.delete(folder.resolve(file));
            assertRefused(file + " is missing");
            Files.write(folder.resolve(file), kept);
        }
        assertThatThrownBy(() -> Checkpoints.open(folder.resolve("nowhere")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("nowhere is not a folder");
    }

    @Test
    void pickledWeightsAreRefusedWithTheWayToConvertThem() throws IOException {
        Files.move(folder.resolve("model.safetensors"), folder.resolve("pytorch_model.bin"));
        assertRefused("safe_serialization=True");
    }

    @Test
    void oversizedFilesAreRefusedUnread() throws IOException {
        for (String file : List.of("config.json", "model.safetensors")) {
            byte[] kept = Files.readAllBytes(folder.resolve(file));
            try (RandomAccessFile sparse =
                    new RandomAccessFile(folder.resolve(file).toFile(), "rw")) {
                sparse.setLength(6_000_000_000L);
            }
            assertRefused(file);
            Files.write(folder.resolve(file), kept);
        }
        Files.write(folder.resolve("config.json"), new byte[16_000_001]);
        assertRefused("config.json takes 16000001 bytes");
    }

    @Test
    void tensorsBeyondTwoGigabytesIntoTheFileAreRead() throws IOException {
        Path file = temporary.resolve("large.safetensors");
        String header = SafetensorsBytes.header(
                SafetensorsBytes.tensor("huge", "F32", "[750000000]", 0, 3_000_000_000L),
                SafetensorsBytes.tensor("last", "F32", "[1]", 3_000_000_000L, 3_000_000_004L));
        Files.write(file, SafetensorsBytes.of(header, 0));
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(sparse.length() + 3_000_000_004L);
            sparse.seek(sparse.length() - 1);
            sparse.write(0x40);
        }
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
            assertThat(Float32.read(weights, "last").get(0)).isEqualTo(2f);
            assertThatThrownBy(() -> weights.bytes("huge"))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("'huge' takes 3000000000 bytes");
        }
    }

    @Test
    void truncatedWeightsAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve("model.safetensors"));
        for (int length : new int[] {0, 5, 100, whole.length / 2, whole.length - 1}) {
            Files.write(folder.resolve("model.safetensors"), Arrays.copyOf(whole, length));
            assertRefused("model.safetensors");
        }
    }

    @Test
    void aMissingTensorIsNamedWithItsShape() {
        rewrite(name -> !name.equals(QUERY), List.of());
        assertRefused("lacks tensor '" + QUERY + "' of shape [48, 48]");
    }

    @Test
    void aWrongShapeIsNamedWithBoth() {
        rewrite(name -> !name.equals(QUERY), List.of(new TensorInfo(QUERY, ElementType.F32, List.of(48L, 47L))));
        assertRefused("'" + QUERY + "' has shape [48, 47] where config.json calls for [48, 48]");
    }

    @Test
    void integersForWeightsAreRefused() {
        rewrite(name -> !name.equals(QUERY), List.of(new TensorInfo(QUERY, ElementType.I64, List.of(48L, 48L))));
        assertRefused("'" + QUERY + "' holds integers");
    }

    @Test
    void configurationAndWeightsMustAgree() throws IOException {
        Path config = folder.resolve("config.json");
        String text = Files.readString(config);
        Files.writeString(config, text.replace("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 4"));
        assertRefused("lacks tensor 'model.encoder_model.encoder.layer.3.");
        Files.writeString(config, text.replace("\"scorer_type\": \"simple\"", "\"scorer_type\": \"mlp\""));
        assertRefused("lacks tensor 'model.scorer.mlp.0.weight' of shape [256, 96]");
    }

    @Test
    void weightsThatAreNotFiniteAreNamed() {
        for (ElementType type : new ElementType[] {ElementType.F32, ElementType.F16, ElementType.BF16}) {
            for (int bits : new int[] {0x7FC00000, 0x7F800000, 0xFF800000}) {
                int narrow = type == ElementType.F16 ? (bits >>> 16 & 0x8000) | 0x7C00 : bits >>> 16;
                assertThatThrownBy(() -> WeightShapes.check(
                                Map.of("weight", List.of(3L)), one(type, type == ElementType.F32 ? bits : narrow)))
                        .isInstanceOf(CheckpointException.class)
                        .hasMessageContaining("'weight' holds values that are not finite");
            }
            WeightShapes.check(Map.of("weight", List.of(3L)), one(type, 0x3C00));
        }
    }

    @Test
    void damagedWeightsOfAFolderAreNamed() throws IOException {
        Path file = folder.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
        Files.write(file, bytes);
        assertRefused("'model.text_projector.linear_2.weight' holds values that are not finite");
    }

    @Test
    void opensResourcesInAFolderAndInAJar() throws IOException {
        assertOpens(temporary.toUri().toURL());
        Path jar = temporary.resolve("models.jar");
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of("create", "true"))) {
            Files.createDirectory(zip.getPath("my-model"));
            for (String file : List.of("config.json", "model.safetensors", "tokenizer.json")) {
                Files.copy(folder.resolve(file), zip.getPath("my-model", file));
            }
        }
        assertOpens(jar.toUri().toURL());
    }

    private static void assertOpens(URL classPath) throws IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classPath}, null);
                Checkpoint checkpoint = Checkpoints.open(CheckpointFolder.ofResources(loader, "my-model"))) {
            assertThat(checkpoint.config().name()).isEqualTo("my-model");
            assertThat(Float32.read(checkpoint.weights(), "model.logit_scale").get(0))
                    .isEqualTo(2.6592f);
            assertThat(checkpoint.tokenizerJson().get()).isNotEmpty();
            assertThatThrownBy(() -> Checkpoints.open(CheckpointFolder.ofResources(loader, "none")))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("none/config.json is missing");
        }
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> Checkpoints.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(message);
    }

    private static Weights one(ElementType type, int bits) {
        ByteBuffer data = ByteBuffer.allocate(3 * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        if (type == ElementType.F32) {
            data.putInt(4, bits);
        } else {
            data.putShort(2, (short) bits);
        }
        String header =
                SafetensorsBytes.header(SafetensorsBytes.tensor("weight", type.name(), "[3]", 0, data.capacity()));
        return SafetensorsFile.ofBytes(
                "one", SafetensorsBytes.of(header.getBytes(StandardCharsets.UTF_8), header.length(), data.array()));
    }

    /** Writes the weights anew, without some tensors and with others, which are zeros. */
    private void rewrite(Predicate<String> kept, List<TensorInfo> added) {
        Path file = folder.resolve("model.safetensors");
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
            SafetensorsWriter writer = new SafetensorsWriter(Map.of());
            weights.names().stream()
                    .filter(kept)
                    .forEach(name -> writer.add(weights.info(name), () -> weights.bytes(name)));
            for (TensorInfo info : added) {
                int size = (int) info.elements() * info.type().bytes();
                writer.add(info, () -> ByteBuffer.allocate(size));
            }
            writer.write(file);
        }
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

package dev.taxon.core.checkpoint;

import static dev.taxon.core.checkpoint.SafetensorsBytes.header;
import static dev.taxon.core.checkpoint.SafetensorsBytes.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsFileTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatTheReferenceWrote() {
        Path file = OracleFolders.path(OracleFolders.SIMPLE_FIRST).resolve("model.safetensors");
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
            assertThat(weights.names()).hasSize(64).contains("model.logit_scale");
            assertThat(weights.metadata()).containsExactly(Map.entry("format", "pt"));
            assertThat(weights.info("model.encoder_model.embeddings.word_embeddings.weight"))
                    .isEqualTo(new TensorInfo(
                            "model.encoder_model.embeddings.word_embeddings.weight",
                            ElementType.F32,
                            List.of(1003L, 48L)));
            assertThat(Float32.read(weights, "model.logit_scale").get(0)).isEqualTo(2.6592f);
        }
    }

    @Test
    void tensorsBeyondTwoGigabytesIntoTheFileAreRead() throws IOException {
        Path file = folder.resolve("large.safetensors");
        String header = header(
                tensor("huge", "F32", "[750000000]", 0, 3_000_000_000L),
                tensor("last", "F32", "[1]", 3_000_000_000L, 3_000_000_004L));
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
    void aFileIsOneMappingHoweverManyTensorsAreHeld() throws IOException {
        Path file = folder.resolve("many.safetensors");
        Files.copy(OracleFolders.path(OracleFolders.SIMPLE_FIRST).resolve("model.safetensors"), file);
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
            List<ByteBuffer> held = weights.names().stream().map(weights::bytes).toList();
            try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
                assertThat(mappings.filter(mapping -> mapping.endsWith(file.toString())))
                        .hasSize(1);
            }
            assertThat(held).hasSize(64);
        }
    }

    @Test
    void writesWhatItReads() throws IOException {
        Path original = OracleFolders.path(OracleFolders.SIMPLE_FIRST).resolve("model.safetensors");
        Path copy = folder.resolve("copy.safetensors");
        try (SafetensorsFile weights = SafetensorsFile.open(original)) {
            SafetensorsWriter writer = new SafetensorsWriter(weights.metadata());
            weights.names().forEach(name -> writer.add(weights.info(name), () -> weights.bytes(name)));
            writer.write(copy);

            try (SafetensorsFile read = SafetensorsFile.open(copy)) {
                assertThat(read.metadata()).isEqualTo(weights.metadata());
                assertThat(read.names()).containsExactlyElementsOf(weights.names());
                assertThat(read.names()).allSatisfy(name -> {
                    assertThat(read.info(name)).isEqualTo(weights.info(name));
                    assertThat(read.bytes(name)).isEqualTo(weights.bytes(name));
                });
            }
        }
        assertThat(ByteBuffer.wrap(Files.readAllBytes(copy))
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getLong()
                        % 8)
                .isZero();
        assertThat(folder).isDirectoryContaining(path -> path.equals(copy));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void aFailedWriteLeavesTheOldFile() throws IOException {
        Path file = Files.writeString(folder.resolve("model.safetensors"), "old");
        SafetensorsWriter writer = new SafetensorsWriter(Map.of())
                .add(new TensorInfo("short", ElementType.F32, List.of(3L)), () -> ByteBuffer.allocate(8));

        assertThatThrownBy(() -> writer.write(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'short'");
        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void aWriteIntoNoFolderSaysSo() {
        assertThatThrownBy(() -> new SafetensorsWriter(Map.of()).write(folder.resolve("no/model.safetensors")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void aTensorCannotBeAddedTwice() {
        TensorInfo info = new TensorInfo("a", ElementType.F32, List.of());
        SafetensorsWriter writer = new SafetensorsWriter(Map.of()).add(info, () -> ByteBuffer.allocate(4));

        assertThatThrownBy(() -> writer.add(info, () -> ByteBuffer.allocate(4)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsEveryElementTypeFromMemoryAsFromDisk() throws IOException {
        byte[] bytes = SafetensorsBytes.of(
                header(
                        tensor("half", "F16", "[2]", 0, 4),
                        tensor("brain", "BF16", "[2]", 4, 8),
                        tensor("empty", "F32", "[0,7]", 8, 8),
                        tensor("whole", "I64", "[]", 8, 16)),
                16);
        ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        data.putShort(bytes.length - 16, (short) 0x3C00).putShort(bytes.length - 14, (short) 0xC000);
        data.putShort(bytes.length - 12, (short) 0x3F80).putShort(bytes.length - 10, (short) 0xC000);
        data.putLong(bytes.length - 8, 42);
        Path file = Files.write(folder.resolve("types.safetensors"), bytes);

        try (SafetensorsFile mapped = SafetensorsFile.open(file);
                SafetensorsFile inMemory = SafetensorsFile.ofBytes("types", bytes)) {
            for (SafetensorsFile weights : List.of(mapped, inMemory)) {
                assertThat(floats(weights, "half")).containsExactly(1f, -2f);
                assertThat(floats(weights, "brain")).containsExactly(1f, -2f);
                assertThat(floats(weights, "empty")).isEmpty();
                assertThat(weights.bytes("whole").getLong()).isEqualTo(42);
                assertThatThrownBy(() -> Float32.read(weights, "whole"))
                        .isInstanceOf(CheckpointException.class)
                        .hasMessageContaining("'whole'");
                assertThatThrownBy(() -> weights.bytes("none"))
                        .isInstanceOf(CheckpointException.class)
                        .hasMessageContaining("'none'");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void refusesALie(String what, byte[] bytes, String message) throws IOException {
        Path file = Files.write(folder.resolve("lie.safetensors"), bytes);

        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("lie.safetensors")
                .hasMessageContaining(message);
        assertThatThrownBy(() -> SafetensorsFile.ofBytes("lie.safetensors", bytes))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> lies() {
        String a = tensor("a", "F32", "[2]", 0, 8);
        return Stream.of(
                Arguments.of("empty file", new byte[0], "header claims"),
                Arguments.of("seven bytes", new byte[7], "header claims"),
                Arguments.of("no header", new byte[8], "header claims"),
                Arguments.of("header beyond the file", claimed(header(a), 1_000), "claims 1000 bytes"),
                Arguments.of("header beyond the cap", claimed(header(a), 100_000_001L), "header claims"),
                Arguments.of("negative header", claimed(header(a), -1), "18446744073709551615"),
                Arguments.of("header cut", SafetensorsBytes.of("{\"a\":{\"dtype\":", 8), "not valid JSON"),
                Arguments.of("no JSON", SafetensorsBytes.of("\0\0\0\0", 8), "not valid JSON"),
                Arguments.of("a list", SafetensorsBytes.of("[]", 0), "not an object of tensors"),
                Arguments.of("two values", SafetensorsBytes.of("{}{}", 0), "not an object of tensors"),
                Arguments.of("twice", lie(8, a, a), "not valid JSON"),
                Arguments.of(
                        "field twice", SafetensorsBytes.of("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}", 0), "JSON"),
                Arguments.of("truncated data", lie(4, a), "'a' ends at byte 8 of 4"),
                Arguments.of("data left over", lie(12, a), "take 8 bytes but it holds 12"),
                Arguments.of("overlap", lie(12, a, tensor("b", "F32", "[2]", 4, 12)), "'b' overlaps"),
                Arguments.of("hole", lie(20, a, tensor("b", "F32", "[2]", 12, 20)), "'b' leaves a hole"),
                Arguments.of("hole first", lie(12, tensor("b", "F32", "[2]", 4, 12)), "'b' leaves a hole"),
                Arguments.of("end before begin", lie(8, tensor("b", "F32", "[2]", 8, 0)), "'b' of shape"),
                Arguments.of("size not shape", lie(8, tensor("b", "F32", "[3]", 0, 8)), "'b' of shape [3]"),
                Arguments.of("size not type", lie(8, tensor("b", "F16", "[2]", 0, 8)), "'b' of shape [2] in F16"),
                Arguments.of("negative shape", lie(8, tensor("b", "F32", "[-2]", 0, 8)), "'b' has a shape"),
                Arguments.of("shape overflows", lie(8, tensor("b", "F32", "[4611686018427387905,2]", 0, 8)), "bounds"),
                Arguments.of("shape beyond 64 bits", lie(8, tensor("b", "F32", "[99999999999999999999]", 0, 8)), "'b'"),
                Arguments.of("fractional shape", lie(8, tensor("b", "F32", "[2.0]", 0, 8)), "'b' has a shape"),
                Arguments.of("shape no list", lie(8, tensor("b", "F32", "2", 0, 8)), "'b' has a shape"),
                Arguments.of("many dimensions", lie(4, tensor("b", "F32", "[1" + ",1".repeat(20) + "]", 0, 4)), "'b'"),
                Arguments.of("unknown type", lie(8, tensor("b", "F8_E4M3", "[8]", 0, 8)), "'F8_E4M3'"),
                Arguments.of(
                        "offsets missing", SafetensorsBytes.of("{\"b\":{\"dtype\":\"F32\",\"shape\":[]}}", 4), "'b'"),
                Arguments.of(
                        "three offsets",
                        SafetensorsBytes.of("{\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4,4]}}", 4),
                        "'b' lacks"),
                Arguments.of("field unknown", SafetensorsBytes.of("{\"b\":{\"file\":\"elsewhere\"}}", 0), "'b'"),
                Arguments.of("tensor no object", SafetensorsBytes.of("{\"b\":7}", 0), "not an object of tensors"),
                Arguments.of("metadata no strings", SafetensorsBytes.of("{\"__metadata__\":{\"a\":1}}", 0), "object"),
                Arguments.of("deep nesting", SafetensorsBytes.of("{\"b\":" + "[".repeat(100_000), 0), "object"));
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("none.safetensors")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("none.safetensors is missing");
    }

    private static byte[] lie(int dataBytes, String... tensors) {
        return SafetensorsBytes.of(header(tensors), dataBytes);
    }

    private static byte[] claimed(String header, long length) {
        return SafetensorsBytes.of(header.getBytes(StandardCharsets.UTF_8), length, new byte[8]);
    }

    private static float[] floats(Weights weights, String name) {
        FloatBuffer buffer = Float32.read(weights, name);
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}

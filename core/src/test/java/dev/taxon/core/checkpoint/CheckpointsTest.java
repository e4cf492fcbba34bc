package dev.taxon.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    Path temporary;

    private Path folder = Path.of("set before each test");

    @BeforeEach
    void copyOracle() {
        folder = OracleFolders.copy(OracleFolders.SIMPLE_FIRST, temporary.resolve("my-model"));
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
    void truncatedWeightsAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve("model.safetensors"));
        for (int length : new int[] {0, 5, 100, whole.length / 2, whole.length - 1}) {
            Files.write(folder.resolve("model.safetensors"), Arrays.copyOf(whole, length));
            assertRefused("model.safetensors");
        }
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
}

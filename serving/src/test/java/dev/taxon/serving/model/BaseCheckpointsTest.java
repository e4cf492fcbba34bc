package dev.taxon.serving.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.sdk.wire.ModelState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseCheckpointsTest {
    private static final Path ORACLES = Path.of("../core/src/test/resources/oracle");
    private static final Path ONE = ORACLES.resolve("bert-simple-first");
    private static final Path OTHER = ORACLES.resolve("bert-mlp-avg-text-first");

    @TempDir
    Path folder = Path.of("");

    private static BaseCheckpoints bases(Path current, Path... others) {
        return new BaseCheckpoints(
                Optional.of(current),
                List.of(others).stream().map(Path::toString).toList());
    }

    @Test
    void theFirstIsCurrentAndTheOthersAreDeprecated() {
        BaseCheckpoints bases = bases(ONE, OTHER);
        assertThat(bases.current().name()).isEqualTo("bert-simple-first");
        assertThat(bases.all())
                .extracting(BaseCheckpoint::state)
                .containsExactly(ModelState.CURRENT, ModelState.DEPRECATED);
        assertThatCode(bases::requireDistinct).doesNotThrowAnyException();
    }

    @Test
    void aDigestDecidesBeforeAName() {
        BaseCheckpoints bases = bases(ONE, OTHER);
        BaseCheckpoint other = bases.all().get(1);
        assertThat(bases.find(other.digest(), "bert-simple-first")).contains(other);
        assertThat(bases.find(null, "bert-simple-first")).contains(bases.current());
        assertThat(bases.find("0".repeat(64), "bert-simple-first")).isEmpty();
        assertThat(bases.find(null, "unknown")).isEmpty();
    }

    @Test
    void theBuiltInModelHasAWordOfItsOwn() {
        BaseCheckpoints bases = new BaseCheckpoints(Optional.of(ONE), List.of(BaseCheckpoints.BUILT_IN));
        assertThat(bases.all().get(1).name()).isEqualTo(BaseCheckpoints.BUILT_IN);
    }

    @Test
    void oneContentTwiceIsRefused() throws IOException {
        Path copy = copy(ONE, "copy");
        assertThatThrownBy(bases(ONE, copy)::requireDistinct)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("named twice");
    }

    @Test
    void oneNameTwiceIsRefused() throws IOException {
        Path namesake = copy(OTHER, ONE.getFileName().toString());
        assertThatThrownBy(bases(ONE, namesake)::requireDistinct)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("are called bert-simple-first");
    }

    private Path copy(Path checkpoint, String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        for (String file : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            Files.copy(checkpoint.resolve(file), copy.resolve(file));
        }
        return copy;
    }
}

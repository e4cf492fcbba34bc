package dev.taxon.training.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.training.data.Example;
import dev.taxon.training.run.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogitsFileTest {
    private static final List<Example> EXAMPLES = List.of(
            new Example("one", List.of("a", "b"), List.of("a")), new Example("two", List.of("a"), List.of("a")));

    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsRead() {
        LogitsFile file = new LogitsFile(folder.resolve("some.logits"));
        assertThat(file.read(EXAMPLES)).isEmpty();
        file.write(List.of(new float[] {1.5f, -2}, new float[] {Float.MIN_VALUE}));
        assertThat(file.read(EXAMPLES)).hasValueSatisfying(rows -> {
            assertThat(rows.get(0)).containsExactly(1.5f, -2);
            assertThat(rows.get(1)).containsExactly(Float.MIN_VALUE);
        });
    }

    @Test
    void aFileThatIsCutShortIsNamedWhereverItWasCut() throws IOException {
        LogitsFile file = new LogitsFile(folder.resolve("some.logits"));
        file.write(List.of(new float[] {1, 2}, new float[] {3}));
        byte[] whole = Files.readAllBytes(file.file());
        for (int length = 1; length < whole.length; length++) {
            Files.write(file.file(), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> file.read(EXAMPLES))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("some.logits")
                    .hasMessageContaining("remove it");
        }
    }
}

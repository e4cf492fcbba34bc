package dev.taxon.training.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.training.run.TrainingException;
import dev.taxon.training.step.StatefulModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BestAdapterTest {
    @TempDir
    Path folder;

    @Test
    void keepsTheAdapterOfTheLowestLoss() throws IOException {
        BestAdapter best = BestAdapter.after(0, folder);
        best.judge(10, 0.9, saving("ten"));
        best.judge(20, 0.5, saving("twenty"));
        best.judge(30, 0.7, saving("thirty"));
        assertThat(best.step()).contains(20);
        assertThat(best.looksSince()).isEqualTo(1);
        assertThat(Files.readString(best.state())).isEqualTo("twenty");
    }

    @Test
    void aRunThatGoesOnFromEarlierKnowsWhatItKnewThen() throws IOException {
        BestAdapter best = BestAdapter.after(0, folder);
        best.judge(10, 0.9, saving("ten"));
        best.judge(20, 0.5, saving("twenty"));
        BestAdapter resumed = BestAdapter.after(10, folder);
        assertThat(resumed.knows(20)).isFalse();
        assertThat(resumed.step()).contains(10);
        assertThat(Files.readString(resumed.state())).isEqualTo("ten");
    }

    @Test
    void aDamagedFileIsNotTakenForADiskThatIsFull() throws IOException {
        for (String damaged : List.of("{\"10\": 0.", "{\"ten\": 0.9}")) {
            Files.writeString(folder.resolve("held-out.json"), damaged);
            assertThatThrownBy(() -> BestAdapter.after(10, folder))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("held-out.json is damaged");
        }
    }

    private static StatefulModel saving(String content) {
        return new StatefulModel() {
            @Override
            public void saveState(Path file) {
                try {
                    Files.writeString(file, content);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void loadState(Path file) {
                throw new IllegalStateException("nothing is restored here");
            }
        };
    }
}

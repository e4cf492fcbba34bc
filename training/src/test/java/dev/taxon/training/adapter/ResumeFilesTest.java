package dev.taxon.training.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeFilesTest {
    @TempDir
    Path run = Path.of("");

    @Test
    void onlyWhatAnotherMachineGoesOnFrom() throws IOException {
        write("identity.json", "base.logits", "fold-1.logits", "fold-1/checkpoints/step-00000012/state.safetensors");
        write("fold-2/checkpoints/step-00000002/progress.json", "fold-2/checkpoints/step-00000004/progress.json");
        write("fold-2/curve.jsonl", "fold-2/.lock", "fold-2/checkpoints/.writing/state.safetensors");

        assertThat(needed())
                .containsExactlyInAnyOrder(
                        "identity.json",
                        "base.logits",
                        "fold-1.logits",
                        "fold-2/checkpoints/step-00000004/progress.json",
                        "fold-2/curve.jsonl");
    }

    private void write(String... files) throws IOException {
        for (String file : files) {
            Path path = run.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file);
        }
    }

    private List<String> needed() throws IOException {
        ResumeFiles files = new ResumeFiles(run);
        try (Stream<Path> all = Files.walk(run)) {
            return all.filter(Files::isRegularFile)
                    .map(run::relativize)
                    .filter(files::needed)
                    .map(Path::toString)
                    .toList();
        }
    }
}

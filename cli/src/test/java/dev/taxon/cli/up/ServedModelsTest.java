package dev.taxon.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.cli.console.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedModelsTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void tellsNothingOfTheBuiltInModelAlone() {
        assertThat(ServedModels.of(null, List.of()).environment()).isEmpty();
    }

    @Test
    void tellsOfFoldersWhereverTheyLieAndWhateverTheyAreCalled() {
        ServedModels models = ServedModels.of(
                folder.resolve("x/../new"),
                List.of("taxon-small", folder.resolve("a,b").toString()));
        assertThat(models.environment())
                .isEqualTo(Map.of(
                        "TAXON_MODEL",
                        folder.resolve("new").toString(),
                        "TAXON_OTHER_MODELS",
                        "taxon-small," + folder.resolve("a").toString() + "\\,b"));
    }

    @Test
    void refusesFoldersThatAreNotThere() throws Exception {
        Path there = Files.createDirectory(folder.resolve("there"));
        ServedModels found = ServedModels.of(there, List.of("taxon-small", there.toString()));
        assertThatCode(found::requireFolders).doesNotThrowAnyException();
        ServedModels missing =
                ServedModels.of(there, List.of(folder.resolve("missing").toString()));
        assertThatThrownBy(missing::requireFolders)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--also");
        ServedModels noModel = ServedModels.of(folder.resolve("missing"), List.of());
        assertThatThrownBy(noModel::requireFolders)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--model");
    }
}

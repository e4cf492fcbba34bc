package dev.taxon.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.Mode;
import dev.taxon.training.statistics.Bootstrap;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScoreFileTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(200, 1);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Mode.class)
    void everyFigureIsThatOfRowsInMemoryToTheDigit(Mode mode) {
        ScoredRows rows = Rows.drawn(mode, 300, 4, 2, 5);
        try (ScoreFile file = ScoreFile.in(folder)) {
            rows.rows().forEach(file::add);
            ScoredRows kept = file.scored(mode);
            assertThat(Calibration.fit(kept)).isEqualTo(Calibration.fit(rows));
            assertThat(CrossFit.of(kept)).isEqualTo(CrossFit.of(rows));
            Calibration none = Calibration.none(mode);
            assertThat(CalibrationError.of(kept, none, CrossFit.of(kept), BOOTSTRAP))
                    .isEqualTo(CalibrationError.of(rows, none, CrossFit.of(rows), BOOTSTRAP));
        }
    }

    @Test
    void rowsThatEachOfferLabelsOfTheirOwnComeBackWithThem() {
        List<ScoredRow> rows = new ArrayList<>();
        for (int row = 0; row < 2_100; row++) {
            List<String> labels = row % 2 == 0 ? List.of("a", "b") : List.of("a", "only of row " + row, "b");
            float[] logits = new float[labels.size()];
            logits[1] = row + 0.5f;
            boolean[] targets = new boolean[labels.size()];
            targets[row % 2] = true;
            rows.add(new ScoredRow(labels, logits, targets));
        }
        try (ScoreFile file = ScoreFile.in(folder)) {
            rows.forEach(file::add);
            List<ScoredRow> kept = file.scored(Mode.SINGLE_LABEL).rows();
            assertThat(kept).hasSameSizeAs(rows);
            for (int row = 0; row < rows.size(); row++) {
                assertThat(kept.get(row).labels()).isEqualTo(rows.get(row).labels());
                assertThat(kept.get(row).trueLabels()).isEqualTo(rows.get(row).trueLabels());
                assertThat(kept.get(row).logit(1)).isEqualTo(row + 0.5);
            }
        }
    }

    @Test
    void aRowThatWasAddedIsNoLongerInMemory() throws InterruptedException {
        try (ScoreFile file = ScoreFile.in(folder)) {
            WeakReference<ScoredRow> added = added(file);
            for (int attempt = 0; attempt < 100 && added.get() != null; attempt++) {
                System.gc();
                Thread.sleep(10);
            }
            assertThat(added.get()).isNull();
        }
    }

    private static WeakReference<ScoredRow> added(ScoreFile file) {
        ScoredRow row = new ScoredRow(List.of("a", "b"), new float[2], new boolean[2]);
        file.add(row);
        return new WeakReference<>(row);
    }

    @Test
    void theFileHasNoWordOfItsOwnerAndGoes() throws IOException {
        ScoreFile file = ScoreFile.in(folder);
        Collections.nCopies(1_500, "secret")
                .forEach(name ->
                        file.add(new ScoredRow(List.of(name + file.rows(), "other"), new float[2], new boolean[2])));
        assertThat(file.scored(Mode.SINGLE_LABEL).size()).isEqualTo(1_500);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .singleElement()
                    .satisfies(only -> assertThat(Files.readString(only, StandardCharsets.ISO_8859_1))
                            .doesNotContain("secret"));
        }
        file.close();
        assertThat(folder).isEmptyDirectory();
    }
}

package dev.taxon.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.Classification;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.InputException;
import dev.taxon.core.LabelScore;
import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.data.DataException;
import dev.taxon.training.data.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    private static final long ALL = Long.MAX_VALUE;

    @TempDir
    Path folder;

    /** Knows a row's label by its first letter, and takes x for a. */
    private static List<List<String>> byFirstLetter(List<Example> rows) {
        return rows.stream()
                .map(row -> List.of(row.text().startsWith("b") ? "b" : "a"))
                .toList();
    }

    @Test
    void streamsAFileOfManyChunksAndTellsHowFarItIs() throws IOException {
        Path file = write(IntStream.range(0, 600)
                .mapToObj(i ->
                        json(i % 2 == 0 ? "a" + i : "b" + i, i % 3 == 0 ? "\"b\"" : i % 2 == 0 ? "\"a\"" : "\"b\""))
                .collect(Collectors.joining()));
        List<Long> told = new ArrayList<>();
        List<Judged> seen = new ArrayList<>();
        Evaluation evaluation = new Evaluation((rows, mode) -> byFirstLetter(rows), (rows, total) -> {
            told.add(rows);
            assertThat(total).isEqualTo(600);
        });
        Metrics metrics = evaluation.evaluate(RowChoice.of(file, null, ALL), seen::add);
        assertThat(told).containsExactly(256L, 512L, 600L);
        assertThat(seen).hasSize(600);
        assertThat(metrics.mode()).isEqualTo(Mode.SINGLE_LABEL);
        // Even multiples of three, one row in six, are a by text and b by label.
        assertThat(metrics.accuracy()).isCloseTo(5 / 6.0, Offset.offset(1e-12));
    }

    @Test
    void oneRowWithTwoTrueLabelsMakesItMultiLabel() throws IOException {
        Path file = write(json("a", "\"a\"") + json("b", "\"a\",\"b\""));
        List<Mode> modes = new ArrayList<>();
        Evaluation evaluation = new Evaluation(
                (rows, mode) -> {
                    modes.add(mode);
                    return byFirstLetter(rows);
                },
                (rows, total) -> {});
        assertThat(evaluation.evaluate(RowChoice.of(file, null, ALL)).mode()).isEqualTo(Mode.MULTI_LABEL);
        assertThat(evaluation
                        .evaluate(RowChoice.of(file, Mode.SINGLE_LABEL, ALL))
                        .mode())
                .isEqualTo(Mode.SINGLE_LABEL);
        assertThat(evaluation.evaluate(RowChoice.of(file, null, 1)).mode()).isEqualTo(Mode.SINGLE_LABEL);
        assertThat(modes).containsExactly(Mode.MULTI_LABEL, Mode.SINGLE_LABEL, Mode.SINGLE_LABEL);
    }

    @Test
    void aLimitTakesTheFirstRows() throws IOException {
        Path file = write(json("a", "\"a\"").repeat(300) + "not a row");
        Evaluation evaluation = new Evaluation((rows, mode) -> byFirstLetter(rows), (rows, total) -> {});
        assertThat(evaluation.evaluate(RowChoice.of(file, null, 300)).rows()).isEqualTo(300);
        assertThat(evaluation.evaluate(RowChoice.of(file, null, 7)).rows()).isEqualTo(7);
        assertThatThrownBy(() -> evaluation.evaluate(RowChoice.of(file, null, ALL)))
                .hasMessageContaining("line 301");
        assertThatThrownBy(() -> evaluation.evaluate(RowChoice.of(file, null, 0)))
                .isInstanceOf(DataException.class);
    }

    @Test
    void aFileWithoutRowsIsRefused() throws IOException {
        Path file = write("");
        Evaluation evaluation = new Evaluation((rows, mode) -> byFirstLetter(rows), (rows, total) -> {});
        assertThatThrownBy(() -> evaluation.evaluate(RowChoice.of(file, null, ALL)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no rows");
    }

    @Test
    void asksAClassifierWithItsDefaultsAndTakesWhatItPredicts() throws IOException {
        Path file = write(json("a", "\"a\"") + json("broken", "\"b\"") + json("b", "\"b\""));
        FirstLetterClassifier classifier = new FirstLetterClassifier();
        Metrics metrics = new Evaluation(new ClassifierPredictor(classifier), (rows, total) -> {})
                .evaluate(RowChoice.of(file, null, ALL));
        assertThat(metrics.accuracy()).isCloseTo(2 / 3.0, Offset.offset(1e-12));
        assertThat(classifier.asked.get(0)).isEqualTo(ClassificationInput.of("a", List.of("a", "b")));
    }

    @Test
    void canBeStoppedWhileItCountsAndBetweenPieces() throws IOException {
        Path file = write(json("a", "\"a\"").repeat(300));
        EvaluationListener stopping = new EvaluationListener() {
            @Override
            public void counted(long rows) {
                throw new IllegalStateException("counted " + rows);
            }

            @Override
            public void evaluated(long rows, long total) {}
        };
        FirstLetterClassifier classifier = new FirstLetterClassifier();
        Runnable pause = () -> {
            throw new IllegalStateException("paused");
        };

        assertThatThrownBy(() -> new Evaluation(new ClassifierPredictor(classifier), stopping)
                        .evaluate(RowChoice.of(file, null, ALL)))
                .hasMessage("counted 256");
        assertThatThrownBy(() -> new Evaluation(
                                new ClassifierPredictor(classifier, Optional.empty(), pause), (rows, total) -> {})
                        .evaluate(RowChoice.of(file, null, ALL)))
                .hasMessage("paused");
        assertThat(classifier.asked).isEmpty();
    }

    @Test
    void aRowThatTheClassifierRefusesIsNamed() throws IOException {
        Path file = write(json("a", "\"a\"").repeat(299) + json("refused", "\"b\""));
        Evaluation evaluation =
                new Evaluation(new ClassifierPredictor(new FirstLetterClassifier()), (rows, total) -> {});
        assertThatThrownBy(() -> evaluation.evaluate(RowChoice.of(file, null, ALL)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("row 300")
                .hasMessageContaining("labels take too many tokens");
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("rows.jsonl"), content);
    }

    private static String json(String text, String truths) {
        return "{\"text\":\"%s\",\"all_labels\":[\"a\",\"b\"],\"true_labels\":[%s]}%n".formatted(text, truths);
    }

    private static final class FirstLetterClassifier implements Classifier {
        private final List<ClassificationInput> asked = new ArrayList<>();

        @Override
        public String name() {
            return "first-letter";
        }

        @Override
        public Precision precision() {
            return Precision.FP32;
        }

        @Override
        public Adapter readAdapter(Path folder) {
            throw new UnsupportedOperationException("this classifier reads no adapters");
        }

        @Override
        public EncodedInput encode(ClassificationInput input) {
            if (input.text().equals("refused")) {
                throw new InputException(
                        InputException.Reason.LABELS_TOO_LONG, "labels", "the labels take too many tokens");
            }
            return EncodedInput.of(input, EncodedRow.apart(new TokenIds(1), List.of()), 1, false);
        }

        @Override
        public List<Classification> score(List<EncodedInput> batch) {
            return batch.stream().map(encoded -> answer(encoded.input())).toList();
        }

        private static Classification answer(ClassificationInput input) {
            if (input.text().equals("broken")) {
                return new Classification.NotFinite(1, false);
            }
            List<LabelScore> scores = List.of(new LabelScore(input.text().substring(0, 1), 0.9));
            return new Classification.Scored(scores, scores, List.of(2f), 1, false);
        }

        @Override
        public List<Classification> classify(List<ClassificationInput> inputs) {
            asked.addAll(inputs);
            return score(inputs.stream().map(this::encode).toList());
        }

        @Override
        public void close() {}
    }
}

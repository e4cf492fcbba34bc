package dev.taxon.training.data.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.models.BuiltInModels;
import dev.taxon.training.data.DataFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real tokenizer of the built-in model. */
final class TokenCheckTest {
    @TempDir
    Path folder;

    @Test
    void textsThatAreCutAreCountedWithTheirTokens() throws IOException {
        try (Checkpoint checkpoint = BuiltInModels.taxonSmall();
                Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get())) {
            TokenLimits limits = TokenLimits.ofModel(checkpoint.config(), tokenizer);
            int room = limits.room().applyAsInt(List.of("a", "b"));
            assertThat(room).isEqualTo(checkpoint.config().encoder().positions() - 2);
            Path file = DataFiles.write(
                    folder,
                    "rows.csv",
                    "text,label\n" + "word ".repeat(room) + ",a\n" + "word ".repeat(room + 7) + ",a\n"
                            + "word ".repeat(room + 1) + ",b\nshort,b\n");
            Finding cut = finding(validate(file, limits), FindingKind.CUT_TEXT);
            assertThat(cut.count()).isEqualTo(2);
            assertThat(cut.occurrences()).extracting(Occurrence::number).containsExactly(3L, 4L);
            assertThat(cut.occurrences()).extracting(Occurrence::remark).containsExactly("by 7 tokens", "by 1 token");
            assertThat(cut.message())
                    .contains("%d tokens that are read".formatted(room))
                    .contains("8 tokens of 1,");
        }
    }

    @Test
    void theRoomIsWhereTheModelItselfBeginsToCut() {
        try (Checkpoint checkpoint = BuiltInModels.taxonSmall();
                Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get())) {
            int room =
                    TokenLimits.ofModel(checkpoint.config(), tokenizer).room().applyAsInt(List.of("a"));
            PromptEncoder encoder = PromptEncoder.of(checkpoint.config(), tokenizer);
            assertThat(encoded(encoder, room).truncated()).isFalse();
            assertThat(encoded(encoder, room + 1).truncated()).isTrue();
        }
    }

    private static EncodedInput encoded(PromptEncoder encoder, int words) {
        return encoder.encode(ClassificationInput.of("word ".repeat(words), List.of("a")));
    }

    @Test
    void charactersWithoutATokenAreCountedWithTheirPlaces() throws IOException {
        try (Checkpoint checkpoint = BuiltInModels.taxonSmall();
                Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get())) {
            Path file = DataFiles.write(
                    folder, "rows.csv", "text,label\nplain,a\nfine \uD83E\uDD96 \uD83E\uDD96,a\nplain too,b\n");
            Finding unknown =
                    finding(validate(file, TokenLimits.ofTraining(tokenizer, 256)), FindingKind.UNKNOWN_CHARACTER);
            assertThat(unknown.count()).isEqualTo(1);
            assertThat(unknown.occurrences()).extracting(Occurrence::number).containsExactly(3L);
            assertThat(unknown.occurrences()).extracting(Occurrence::remark).containsExactly("2 tokens");
        }
    }

    @Test
    void aTrainingCutsWhereItIsTold() throws IOException {
        try (Checkpoint checkpoint = BuiltInModels.taxonSmall();
                Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get())) {
            Path file = DataFiles.write(folder, "rows.csv", "text,label\none two three four,a\none two three,b\n");
            Finding cut = finding(validate(file, TokenLimits.ofTraining(tokenizer, 5)), FindingKind.CUT_TEXT);
            assertThat(cut.occurrences()).extracting(Occurrence::number).containsExactly(2L);
            assertThatThrownBy(() -> TokenLimits.ofTraining(tokenizer, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at least 3");
        }
    }

    private static ValidationReport validate(Path file, TokenLimits limits) {
        return DataValidation.of(
                List.of(new DataPart(Role.TRAIN, file)),
                ValidationOptions.defaults().withTokens(limits));
    }

    private static Finding finding(ValidationReport report, FindingKind kind) {
        return report.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst()
                .orElseThrow();
    }
}

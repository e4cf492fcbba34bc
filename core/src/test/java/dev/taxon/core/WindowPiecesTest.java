package dev.taxon.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.TokenIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A text in pieces is answered as it is at once, to the last bit. */
class WindowPiecesTest {
    private static final int CHUNKS = 2;

    @ParameterizedTest
    @EnumSource(Mode.class)
    void piecesAnswerAsTheWholeDoes(Mode mode) {
        for (int windows = 1; windows <= 9; windows++) {
            for (int most = 1; most <= 4; most++) {
                EncodedInput input = input(mode, windows);
                List<float[]> logits = logits(windows);
                assertThat(inPieces(WindowPieces.of(input, most), logits))
                        .describedAs("%d windows, %d a piece", windows, most)
                        .isEqualTo(scored(input, logits));
            }
        }
    }

    @Test
    void piecesHaveAllRowsAndTokensOfTheWhole() {
        EncodedInput input = input(Mode.MULTI_LABEL, 7);
        List<EncodedInput> pieces = WindowPieces.of(input, 3).pieces();
        assertThat(pieces).extracting(EncodedInput::windows).containsExactly(3, 3, 1);
        assertThat(pieces.stream().mapToInt(EncodedInput::positions).sum()).isEqualTo(input.positions());
        assertThat(pieces.stream().mapToInt(EncodedInput::tokens).sum()).isEqualTo(input.tokens());
    }

    @Test
    void aPieceThatIsNotFiniteMakesTheWholeSo() {
        EncodedInput input = input(Mode.SINGLE_LABEL, 4);
        List<float[]> logits = logits(4);
        logits.get(5)[0] = Float.NaN;
        assertThat(inPieces(WindowPieces.of(input, 2), logits))
                .isEqualTo(new Classification.NotFinite(input.tokens(), input.truncated()));
    }

    private static Classification inPieces(WindowPieces pieces, List<float[]> logits) {
        List<Classification> answers = new ArrayList<>();
        int first = 0;
        for (EncodedInput piece : pieces.pieces()) {
            int end = first + piece.rows().size();
            answers.add(scored(piece, logits.subList(first, end)));
            first = end;
        }
        return pieces.joined(answers);
    }

    private static Classification scored(EncodedInput input, List<float[]> logits) {
        return Decoder.decode(List.of(input), MergedLogits.of(List.of(input), logits))
                .get(0);
    }

    private static List<float[]> logits(int windows) {
        Random random = new Random(windows);
        List<float[]> logits = new ArrayList<>();
        for (int row = 0; row < windows * CHUNKS; row++) {
            logits.add(new float[] {random.nextFloat() * 20 - 10, random.nextFloat() * 20 - 10});
        }
        return logits;
    }

    private static EncodedInput input(Mode mode, int windows) {
        ClassificationInput input =
                new ClassificationInput("text", List.of("a", "b", "c", "d"), mode, null, OnLong.CHUNK, null);
        EncodedRow row = EncodedRow.apart(new TokenIds(1), List.of());
        return new EncodedInput(input, Collections.nCopies(windows * CHUNKS, row), windows, 100, false);
    }
}

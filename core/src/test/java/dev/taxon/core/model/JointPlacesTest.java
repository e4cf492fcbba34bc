package dev.taxon.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.checkpoint.Activation;
import dev.taxon.core.checkpoint.ClassPooling;
import dev.taxon.core.checkpoint.Layout;
import dev.taxon.core.checkpoint.ScorerKind;
import dev.taxon.core.checkpoint.TextPooling;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.MarkPositions;
import dev.taxon.core.prompt.TokenIds;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JointPlacesTest {
    private static final int MARK = 90;
    private static final int SEPARATOR = 91;
    private static final int EXAMPLE = 92;

    @Test
    void spansRunFromMarkToMarkAndTheLastToTheEnd() {
        JointPlaces places = places(true, new TokenIds(1, MARK, 5, MARK, 6, 7, 2));
        assertThat(places.read()).containsExactly(0, 1, 3);
        assertThat(places.labelTokens()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(places.labelNumbers()).containsExactly(0, 0, 1, 1, 1, 1);
    }

    @Test
    void withoutTheMarkTheyBeginAfterIt() {
        JointPlaces places = places(false, new TokenIds(1, MARK, 5, MARK, 6, 2));
        assertThat(places.read()).containsExactly(0, 2, 4);
        assertThat(places.labelTokens()).containsExactly(2, 4, 5);
        assertThat(places.labelNumbers()).containsExactly(0, 1, 1);
    }

    @Test
    void aLabelWithoutTokensHasAnEmptySpanAndReadsWithinItsRow() {
        JointPlaces places = places(false, new TokenIds(1, MARK), new TokenIds(1, MARK, 5));
        assertThat(places.read()).containsExactly(0, 1, 2, 4);
        assertThat(places.labelTokens()).containsExactly(4);
        assertThat(places.labelNumbers()).containsExactly(1);
    }

    @Test
    void laterRowsStandWhereThePackingPutsThem() {
        JointPlaces places = places(true, new TokenIds(MARK, 5), new TokenIds(MARK, 5, MARK, 6));
        assertThat(places.read()).containsExactly(0, 0, 2, 2, 4);
        assertThat(places.labelNumbers()).containsExactly(0, 0, 1, 1, 2, 2);
    }

    @Test
    void aTextThatBeginsAtItsMarkEndsTheLastLabelThere() {
        JointPlaces places = textFromItsMark(false);
        assertThat(places.read()).containsExactly(4, 1);
        assertThat(places.labelTokens()).containsExactly(1, 2, 3);
        // Three tokens of text, and zeros for the four before.
        assertThat(places.texts()).containsExactly(4, 3, 7);
    }

    @Test
    void theRecurrenceTrimsTheZeros() {
        assertThat(textFromItsMark(true).texts()).containsExactly(4, 3, 3);
    }

    @Test
    void segmentsChangeAtTheTextsMarkUnlessThereAreExamples() {
        JointPlaces.Collector collector = new JointPlaces.Collector(layout(true, false, false));
        collector.add(row(new TokenIds(1, MARK, 5, SEPARATOR, 7), 3), 0);
        collector.add(row(new TokenIds(1, MARK, 5, SEPARATOR, 7, EXAMPLE), 3), 5);
        assertThat(collector.places().segments()).containsExactly(0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2);
    }

    private static JointPlaces textFromItsMark(boolean recurs) {
        JointPlaces.Collector collector = new JointPlaces.Collector(layout(true, true, recurs));
        collector.add(row(new TokenIds(1, MARK, 5, 6, SEPARATOR, 7, 2), 4), 0);
        return collector.places();
    }

    private static EncodedRow row(TokenIds ids, int textMark) {
        MarkPositions marks = new MarkPositions(List.of(1), textMark);
        return EncodedRow.joint(ids, marks);
    }

    private static Layout.Joint layout(boolean fromMarker, boolean fromTextToken, boolean recurs) {
        return new Layout.Joint(
                new Layout.TextFeature(TextPooling.FIRST, fromTextToken, recurs),
                new Layout.LabelFeature(ClassPooling.AVERAGE, fromMarker),
                new Layout.Scorer(ScorerKind.SIMPLE, 1, 2),
                false,
                Activation.GELU,
                8,
                1,
                true,
                true,
                new Layout.MarkerIds(MARK, SEPARATOR, EXAMPLE));
    }

    private static JointPlaces places(boolean embedClassToken, TokenIds... rows) {
        JointPlaces.Collector collector = new JointPlaces.Collector(layout(embedClassToken, false, false));
        long start = 0;
        for (TokenIds row : rows) {
            List<Integer> marks = IntStream.range(0, row.length())
                    .filter(position -> row.at(position) == MARK)
                    .boxed()
                    .toList();
            MarkPositions positions = new MarkPositions(marks, MarkPositions.NOWHERE);
            collector.add(EncodedRow.joint(row, positions), start);
            start += row.length();
        }
        return collector.places();
    }
}

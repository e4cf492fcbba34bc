package dev.taxon.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.MarkPositions;
import dev.taxon.core.prompt.TokenIds;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelSpansTest {
    private static final int MARK = 9;

    @Test
    void spansRunFromMarkToMarkAndTheLastToTheEnd() {
        LabelSpans spans = spans(true, new TokenIds(1, MARK, 5, MARK, 6, 7, 2));
        assertThat(spans.read()).containsExactly(0, 1, 3);
        assertThat(spans.tokens()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(spans.numbers()).containsExactly(0, 0, 1, 1, 1, 1);
    }

    @Test
    void withoutTheMarkTheyBeginAfterIt() {
        LabelSpans spans = spans(false, new TokenIds(1, MARK, 5, MARK, 6, 2));
        assertThat(spans.read()).containsExactly(0, 2, 4);
        assertThat(spans.tokens()).containsExactly(2, 4, 5);
        assertThat(spans.numbers()).containsExactly(0, 1, 1);
    }

    @Test
    void aLabelWithoutTokensHasAnEmptySpanAndReadsWithinItsRow() {
        LabelSpans spans = spans(false, new TokenIds(1, MARK), new TokenIds(1, MARK, 5));
        assertThat(spans.read()).containsExactly(0, 1, 2, 4);
        assertThat(spans.tokens()).containsExactly(4);
        assertThat(spans.numbers()).containsExactly(1);
    }

    @Test
    void laterRowsStandWhereThePackingPutsThem() {
        LabelSpans spans = spans(true, new TokenIds(MARK, 5), new TokenIds(MARK, 5, MARK, 6));
        assertThat(spans.read()).containsExactly(0, 0, 2, 2, 4);
        assertThat(spans.numbers()).containsExactly(0, 0, 1, 1, 2, 2);
    }

    private static LabelSpans spans(boolean embedClassToken, TokenIds... rows) {
        LabelSpans.Collector collector = new LabelSpans.Collector(embedClassToken);
        long start = 0;
        for (TokenIds row : rows) {
            List<Integer> marks = IntStream.range(0, row.length())
                    .filter(position -> row.at(position) == MARK)
                    .boxed()
                    .toList();
            ClassificationInput input = ClassificationInput.of("text", List.of("label"));
            MarkPositions positions = new MarkPositions(marks, MarkPositions.NOWHERE);
            collector.add(new EncodedInput(input, row, List.of(), positions, row.length(), false), start);
            start += row.length();
        }
        return collector.spans();
    }
}

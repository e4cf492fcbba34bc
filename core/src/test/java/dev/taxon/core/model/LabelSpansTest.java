package dev.taxon.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.prompt.TokenIds;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelSpansTest {
    private static final int MARK = 9;

    @Test
    void spansRunFromMarkToMarkAndTheLastToTheEnd() {
        TokenIds row = new TokenIds(1, MARK, 5, MARK, 6, 7, 2);
        LabelSpans spans = LabelSpans.of(List.of(row), new int[] {2}, MARK, true);
        assertThat(spans.starts()).containsExactly(1, 3);
        assertThat(spans.ends()).containsExactly(3, 7);
    }

    @Test
    void withoutTheMarkTheyBeginAfterIt() {
        TokenIds row = new TokenIds(1, MARK, 5, MARK, 6, 2);
        assertThat(LabelSpans.of(List.of(row), new int[] {2}, MARK, false).starts())
                .containsExactly(2, 4);
    }

    @Test
    void rowsWithFewerLabelsAreFilledUp() {
        List<TokenIds> rows = List.of(new TokenIds(MARK, 5), new TokenIds(MARK, 5, MARK, 6));
        LabelSpans spans = LabelSpans.of(rows, new int[] {1, 2}, MARK, true);
        assertThat(spans.ends()).containsExactly(2, 0, 2, 4);
    }
}

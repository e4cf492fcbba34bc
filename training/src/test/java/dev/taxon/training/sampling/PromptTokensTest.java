package dev.taxon.training.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.prompt.TokenIds;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PromptTokensTest {
    private final PromptTokens tokens =
            new PromptTokens(text -> new TokenIds(text.chars().toArray()), 1, 2, 5, 3);

    @Test
    void aTextStandsBetweenItsSpecialTokens() {
        assertThat(tokens.text("ab").toArray()).containsExactly(1, 'a', 'b', 2);
    }

    @Test
    void aLongTextIsCutAtItsEnd() {
        assertThat(tokens.text("abcdefgh").toArray()).containsExactly(1, 'a', 'b', 'c', 2);
    }

    @Test
    void aLabelHasOnlyItsEnd() {
        assertThat(tokens.label("a").toArray()).containsExactly('a', 2);
        assertThat(tokens.label("abcd").toArray()).containsExactly('a', 'b', 2);
    }

    @Test
    void theLongestSequencesHaveToFitTheEncoder() {
        assertThat(tokens.within(5)).isSameAs(tokens);
        assertThatThrownBy(() -> tokens.within(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("text of 5 tokens")
                .hasMessageContaining("4 positions");
        PromptTokens longLabels = new PromptTokens(text -> new TokenIds(7), 1, 2, 3, 4);
        assertThat(longLabels.within(5)).isSameAs(longLabels);
        assertThatThrownBy(() -> longLabels.within(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("label of 4 tokens, with its mark");
    }

    @Test
    void megabytesAreNotTokenisedForTheirFirstWordsAndNoCharacterIsSplit() {
        AtomicInteger longest = new AtomicInteger();
        PromptTokens counting = new PromptTokens(
                text -> {
                    longest.set(text.length());
                    assertThat(Character.isHighSurrogate(text.charAt(text.length() - 1)))
                            .isFalse();
                    return new TokenIds(7);
                },
                1,
                2,
                5,
                3);
        counting.text("x" + "\uD83D\uDE00".repeat(5_000_000));
        assertThat(longest.get()).isEqualTo(5 * 64 - 1);
    }
}

package dev.taxon.training.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.training.policy.Judgement.Accepted;
import dev.taxon.training.policy.Judgement.Corrected;
import dev.taxon.training.policy.Judgement.Rejected;
import dev.taxon.training.policy.Judgement.Truth;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HumanFeedbackTest {
    private static final Set<String> ANSWER = Set.of("a", "b");

    private final HumanFeedback feedback = new HumanFeedback();

    @Test
    void acceptedEarnsOneAndRejectedCostsOne() {
        assertThat(reward(ANSWER, new Accepted(ANSWER))).isEqualTo(1);
        assertThat(reward(ANSWER, new Rejected(ANSWER))).isEqualTo(-1);
    }

    @Test
    void aCorrectionEarnsByHowMuchOfItWasThere() {
        assertThat(reward(ANSWER, new Corrected(ANSWER))).isEqualTo(1);
        // F1 of 2/3 is a third of the way up from 0.
        assertThat(reward(ANSWER, new Corrected(Set.of("a")))).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(reward(ANSWER, new Corrected(Set.of("c")))).isEqualTo(-1);
        assertThat(reward(ANSWER, new Corrected(Set.of()))).isEqualTo(-1);
        assertThat(reward(Set.of(), new Corrected(Set.of()))).isEqualTo(1);
    }

    @Test
    void anotherAnswerThanTheAcceptedOneIsHeldAgainstIt() {
        assertThat(reward(Set.of("c"), new Accepted(ANSWER))).isEqualTo(-1);
    }

    @Test
    void anotherAnswerThanTheRejectedOneIsNotKnownToBeWrong() {
        assertThatThrownBy(() -> reward(Set.of("a"), new Rejected(ANSWER)))
                .isInstanceOf(RewardException.class)
                .hasMessageContaining("learn from the answer that was judged");
    }

    @Test
    void aRowWithoutAVerdictHasNone() {
        assertThatThrownBy(() -> reward(ANSWER, new Truth(ANSWER)))
                .isInstanceOf(RewardException.class)
                .hasMessageContaining("has no verdict");
    }

    private double reward(Set<String> chosen, Judgement judgement) {
        return feedback.of(new Answer("line 1", chosen, judgement));
    }
}

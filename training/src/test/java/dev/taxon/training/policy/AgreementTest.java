package dev.taxon.training.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AgreementTest {

    @ParameterizedTest
    @CsvSource({
        // chosen, true, f1, accuracy, recall, precision
        "ab, ab, 1, 1, 1, 1",
        "ab, bc, 0.5, 0, 0.5, 0.5",
        "abc, a, 0.5, 0, 1, 0.3333333333333333",
        "a, abcd, 0.4, 0, 0.25, 1",
        "a, b, 0, 0, 0, 0",
        // Nothing is true and nothing was chosen: right. One of both is empty: wrong.
        "'', '', 1, 1, 1, 1",
        "'', a, 0, 0, 0, 0",
        "a, '', 0, 0, 0, 0",
    })
    void byHand(String chosen, String truth, double f1, double accuracy, double recall, double precision) {
        Answer answer = new Answer("line 1", labels(chosen), new Judgement.Truth(labels(truth)));
        assertThat(Agreement.F1.of(answer)).isCloseTo(f1, within(1e-15));
        assertThat(Agreement.ACCURACY.of(answer)).isEqualTo(accuracy);
        assertThat(Agreement.RECALL.of(answer)).isEqualTo(recall);
        assertThat(Agreement.PRECISION.of(answer)).isEqualTo(precision);
    }

    @Property
    void allLieBetweenNothingAndOneAndAreOneForTheTruthAlone(
            @ForAll @Size(max = 5) Set<@CharRange(from = 'a', to = 'f') Character> chosen,
            @ForAll @Size(max = 5) Set<@CharRange(from = 'a', to = 'f') Character> truth) {
        Set<String> answer = chosen.stream().map(String::valueOf).collect(Collectors.toSet());
        Set<String> right = truth.stream().map(String::valueOf).collect(Collectors.toSet());
        for (Agreement agreement : Agreement.values()) {
            assertThat(agreement.of(answer, right)).isBetween(0.0, 1.0);
            assertThat(agreement.of(right, right)).isEqualTo(1);
        }
        assertThat(Agreement.F1.of(answer, right) == 1).isEqualTo(answer.equals(right));
        double precision = Agreement.PRECISION.of(answer, right);
        double recall = Agreement.RECALL.of(answer, right);
        double harmonic = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        assertThat(Agreement.F1.of(answer, right)).isCloseTo(harmonic, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(Agreement.class)
    void whatIsRightMustBeKnown(Agreement agreement) {
        Answer answer = new Answer("line 1", Set.of("a"), new Judgement.Rejected(Set.of("a")));
        assertThatThrownBy(() -> agreement.of(answer))
                .isInstanceOf(RewardException.class)
                .hasMessageContaining("was rejected, which does not say what is right");
    }

    @Test
    void anAcceptedAnswerAndACorrectionSayWhatIsRight() {
        Answer accepted = new Answer("line 1", Set.of("a"), new Judgement.Accepted(Set.of("a")));
        Answer corrected = new Answer("line 1", Set.of("a"), new Judgement.Corrected(Set.of("a", "b")));
        assertThat(Agreement.RECALL.of(accepted)).isEqualTo(1);
        assertThat(Agreement.RECALL.of(corrected)).isEqualTo(0.5);
    }

    private static Set<String> labels(String letters) {
        return letters.chars().mapToObj(Character::toString).collect(Collectors.toSet());
    }
}

package dev.taxon.training.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.training.policy.RewardSettings.Kind;
import dev.taxon.training.policy.Rewards.Component;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RewardsTest {
    private static final Answer ANSWER =
            new Answer("rows.jsonl, line 3", Set.of("secret", "b"), new Judgement.Truth(Set.of("secret")));

    @Test
    void addsWhatItsComponentsWeigh() {
        Rewards rewards = RewardSettings.parse("f1=1, recall=0.5,precision=2").rewards(Optional.empty());
        // Half of what was chosen is right, and all that is right was chosen.
        assertThat(rewards.of(ANSWER)).isCloseTo(2 / 3.0 + 0.5 * 1 + 2 * 0.5, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aRewardThatIsNotFiniteIsRefusedWithComponentAndRow(double value) {
        Rewards rewards =
                new Rewards(List.of(new Component("f1", 1, Agreement.F1), new Component("margin", 1, answer -> value)));
        assertThatThrownBy(() -> rewards.of(ANSWER))
                .isInstanceOf(RewardException.class)
                .hasMessageContainingAll("The reward margin of rows.jsonl, line 3", String.valueOf(value))
                .hasMessageNotContaining("secret");
    }

    @Test
    void aWeightThatMakesItOverflowIsRefusedToo() {
        Rewards rewards = new Rewards(List.of(new Component("big", 1e300, answer -> 1e300)));
        assertThatThrownBy(() -> rewards.of(ANSWER)).hasMessageContaining("it is Infinity");
    }

    @Test
    void aComponentThatCannotJudgeIsNamed() {
        Rewards rewards = RewardSettings.parse("feedback=1").rewards(Optional.empty());
        assertThatThrownBy(() -> rewards.of(ANSWER))
                .isInstanceOf(RewardException.class)
                .hasMessageContainingAll("The reward feedback of rows.jsonl, line 3", "has no verdict");
    }

    @Test
    void componentsAreNamedOnceAndThereIsOne() {
        Component one = new Component("f1", 1, Agreement.F1);
        assertThatThrownBy(() -> new Rewards(List.of(one, one))).hasMessageContaining("f1 is given twice");
        assertThatThrownBy(() -> new Rewards(List.of())).hasMessageContaining("at least one component");
        assertThatThrownBy(() -> new Component("f1", 0, Agreement.F1)).hasMessageContaining("must be above 0");
    }

    @Test
    void parsesComponentsInOrder() {
        RewardSettings settings = RewardSettings.parse(" feedback=1 , accuracy = 0.25,cost=2,f1=1e-1");
        assertThat(settings.weights())
                .containsExactly(
                        Map.entry(Kind.FEEDBACK, 1.0),
                        Map.entry(Kind.ACCURACY, 0.25),
                        Map.entry(Kind.COST, 2.0),
                        Map.entry(Kind.F1, 0.1));
    }

    @Test
    void theDefaultIsTheRowsF1() {
        assertThat(RewardSettings.defaults()).isEqualTo(RewardSettings.parse("f1=1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"          | is not of the form name=weight",
                "f1            | 'f1' is not of the form name=weight",
                "f1=1,         | is not of the form name=weight",
                "f1=1=2        | is not of the form name=weight",
                "f2=1          | There is no reward 'f2'; there are f1, accuracy",
                "F1=1          | There is no reward 'F1'",
                "f1=much       | weight of the reward f1 is not a number",
                "f1=NaN        | weight of the reward f1 must be a number above 0",
                "f1=0          | weight of the reward f1 must be a number above 0",
                "f1=-1         | weight of the reward f1 must be a number above 0",
                "f1=Infinity   | weight of the reward f1 must be a number above 0",
                "f1=1,f1=2     | The reward f1 is given twice",
            })
    void refusesWhatIsNoReward(String text, String reason) {
        assertThatThrownBy(() -> RewardSettings.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void costsComeWithTheirMatrixAndOnlyThen() {
        CostMatrix matrix = new CostMatrix(Map.of("a", Map.of("a", 0.0, "b", 1.0), "b", Map.of("a", 4.0, "b", 0.0)));
        Rewards rewards = RewardSettings.parse("cost=0.5").rewards(Optional.of(matrix));
        assertThat(rewards.of(new Answer("line 1", Set.of("a"), new Judgement.Truth(Set.of("b")))))
                .isEqualTo(-2);
        assertThatThrownBy(() -> RewardSettings.parse("cost=1").rewards(Optional.empty()))
                .hasMessageContaining("needs a cost matrix");
        assertThatThrownBy(() -> RewardSettings.parse("f1=1").rewards(Optional.of(matrix)))
                .hasMessageContaining("has no part cost");
    }
}

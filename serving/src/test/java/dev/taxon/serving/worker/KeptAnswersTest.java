package dev.taxon.serving.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.training.data.Example;
import dev.taxon.training.evaluation.Judged;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {
    private static final List<String> LABELS = List.of("billing", "delivery");
    private static final List<Example> ROWS = List.of(
            new Example("one", LABELS, List.of("billing")),
            new Example("two", LABELS, List.of("delivery")),
            new Example("three", LABELS, List.of("delivery")));

    @Test
    void holdNoWordOfACustomerAndAreReadAsTheyWereWritten() {
        KeptAnswers answers = new KeptAnswers(3, Map.of(1L, List.of(0), 3L, List.of(), 2L, List.of(1, 0)));
        assertThat(answers.json()).hasToString("{\"rows\":3,\"answers\":[[1,0],[2,1,0],[3]]}");
        assertThat(KeptAnswers.read(answers.json())).isEqualTo(answers);
    }

    @Test
    void areComparedOnRowsThatBothAnswered() {
        KeptAnswers one = new KeptAnswers(3, Map.of(1L, List.of(0), 2L, List.of(0)));
        KeptAnswers other = new KeptAnswers(3, Map.of(2L, List.of(1), 3L, List.of(1)));
        assertThat(one.judged(ROWS, other)).containsExactly(Judged.of(ROWS.get(1), List.of("billing")));
        assertThat(other.judged(ROWS, one)).containsExactly(Judged.of(ROWS.get(1), List.of("delivery")));
    }

    @Test
    void areNoneOfRowsThatWereLearnedBefore() {
        KeptAnswers one = new KeptAnswers(3, Map.of(1L, List.of(0), 2L, List.of(0)));
        assertThat(one.without(ROWS, row -> row.text().equals("one")))
                .isEqualTo(new KeptAnswers(3, Map.of(2L, List.of(0))));
    }
}

package dev.taxon.training.ppo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.Mode;
import dev.taxon.training.adapter.RewardedJobs;
import dev.taxon.training.data.Example;
import dev.taxon.training.policy.FeedbackRow;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which rows are judged, and by what rows are known. */
class RewardedTaskTest extends RewardedJobs {
    @Test
    void rowsOfOneTextAreLearnedFromAndJudged() {
        List<Example> same = Collections.nCopies(45, examples(1).get(0));
        RewardedTask task = RewardedTask.ofLabelled(same, Mode.SINGLE_LABEL, 0.2, 1);
        assertThat(task.apart()).isFalse();
        assertThat(task.judged()).hasSize(45);
    }

    @Test
    void rowsAreKnownByTheWordOnThemAndTheAnswerGivenToo() {
        List<String> digests = Stream.of(
                        feedback(FeedbackRow.Verdict.ACCEPTED, "sports"),
                        feedback(FeedbackRow.Verdict.REJECTED, "sports"),
                        feedback(FeedbackRow.Verdict.ACCEPTED, "cooking"))
                .map(row -> RewardedTask.ofFeedback(List.of(row), examples(2), Mode.SINGLE_LABEL)
                        .digest())
                .toList();
        assertThat(digests).doesNotHaveDuplicates();
        assertThat(RewardedTask.ofFeedback(
                                List.of(feedback(FeedbackRow.Verdict.ACCEPTED, "sports")),
                                examples(3),
                                Mode.SINGLE_LABEL)
                        .digest())
                .isNotIn(digests);
    }

    private static RewardedRow feedback(FeedbackRow.Verdict verdict, String answer) {
        FeedbackRow judged = new FeedbackRow(SENTENCES.get(0), LABELS, List.of(answer), verdict, Optional.empty());
        return new RewardedRow(judged.text(), judged.policyRow("line 1", true));
    }
}

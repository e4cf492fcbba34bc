package dev.taxon.training.ppo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.Mode;
import dev.taxon.training.adapter.RewardedJobs;
import dev.taxon.training.data.Example;
import dev.taxon.training.learning.LearnedBefore;
import dev.taxon.training.policy.FeedbackRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
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
    void rowsThatWereLearnedBeforeAreLearnedFromAndNeverJudged() {
        RewardedTask task = RewardedTask.ofLabelled(examples(160), Mode.SINGLE_LABEL, 0.2, 1, first(100));
        assertThat(task.apart()).isTrue();
        assertThat(task.judged()).hasSize(12);
        assertThat(Arrays.stream(task.judged()).min().orElseThrow()).isGreaterThanOrEqualTo(100);
        assertThat(task.rows()).hasSize(160 - 12);
    }

    @Test
    void whereTooFewAreNewAllAreJudgedAsRowsThatWereLearnedFrom() {
        RewardedTask task = RewardedTask.ofLabelled(examples(160), Mode.SINGLE_LABEL, 0.2, 1, first(130));
        assertThat(task.apart()).isFalse();
        assertThat(task.judged()).hasSize(160);
        assertThat(RewardedTask.ofLabelled(examples(5000), Mode.SINGLE_LABEL, 0.2, 1, first(5000))
                        .judged())
                .hasSizeBetween(1600, 2000);
    }

    @Test
    void feedbackIsJudgedByRowsThatNobodyLearned() {
        List<RewardedRow> feedback = List.of(feedback(FeedbackRow.Verdict.ACCEPTED, "sports"));
        RewardedTask some = RewardedTask.ofFeedback(feedback, examples(20), Mode.SINGLE_LABEL, first(10));
        assertThat(some.apart()).isTrue();
        assertThat(some.judged()).containsExactly(10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
        RewardedTask none = RewardedTask.ofFeedback(feedback, examples(20), Mode.SINGLE_LABEL, first(20));
        assertThat(none.apart()).isFalse();
        assertThat(none.judged()).hasSize(20);
    }

    @Test
    void whatPeopleJudgedDoesNotJudge() {
        List<Example> data = new ArrayList<>(examples(20));
        data.set(3, new Example(SENTENCES.get(0).toUpperCase(Locale.ROOT), LABELS, List.of("sports")));
        RewardedTask task = RewardedTask.ofFeedback(
                List.of(feedback(FeedbackRow.Verdict.ACCEPTED, "sports")), data, Mode.SINGLE_LABEL);
        assertThat(task.apart()).isTrue();
        assertThat(task.judged()).hasSize(19).doesNotContain(3);
    }

    private static LearnedBefore first(int rows) {
        return LearnedBefore.all(rows);
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

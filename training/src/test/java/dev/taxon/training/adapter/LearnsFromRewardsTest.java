package dev.taxon.training.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.Mode;
import dev.taxon.training.data.Example;
import dev.taxon.training.policy.Agreement;
import dev.taxon.training.policy.FeedbackRow;
import dev.taxon.training.policy.HumanFeedback;
import dev.taxon.training.ppo.RewardedRow;
import dev.taxon.training.ppo.RewardedTask;
import dev.taxon.training.run.TrainingEvent.Rewarded;
import dev.taxon.training.run.TrainingEvent.Warned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes of rewards, and by which rows it is judged. */
class LearnsFromRewardsTest extends RewardedJobs {
    @Test
    void learnsWhichLabelPaysThoughItSeesAScalarAlone() {
        List<Example> examples = examples(60).stream()
                .map(example -> new Example(example.text(), LABELS, List.of("politics")))
                .toList();
        RewardedTask task = RewardedTask.ofLabelled(examples, Mode.SINGLE_LABEL, 0.2, 1);
        AdapterResult result = learned(job(task, QUICK, Agreement.F1, 30, 1), folder);
        assertThat(rewards(0, 3)).isLessThan(0.7);
        assertThat(rewards(27, 30)).isGreaterThan(0.9);
        assertThat(result.report()).hasValueSatisfying(report -> {
            assertThat(report.source().kind()).isEqualTo("held_out");
            assertThat(report.withoutAdapter()).isPresent();
        });
        assertThat(folder.resolve("report.html")).content().contains("Before learning from rewards");
    }

    private double rewards(int from, int to) {
        return rewarded().subList(from, to).stream()
                .mapToDouble(Rewarded::reward)
                .average()
                .orElseThrow();
    }

    @Test
    void learnsFromFeedbackAndIsJudgedByTheLabelledRows() {
        List<RewardedRow> feedback = new ArrayList<>();
        for (int row = 0; row < 48; row++) {
            FeedbackRow.Verdict verdict = row % 3 == 0 ? FeedbackRow.Verdict.ACCEPTED : FeedbackRow.Verdict.REJECTED;
            FeedbackRow judged = new FeedbackRow(
                    SENTENCES.get(row % 3) + " " + row, LABELS, List.of("sports"), verdict, Optional.empty());
            feedback.add(new RewardedRow(judged.text(), judged.policyRow("line " + row, true)));
        }
        RewardedTask task = RewardedTask.ofFeedback(feedback, examples(30), Mode.SINGLE_LABEL);
        AdapterResult result = learned(job(task, QUICK, new HumanFeedback(), 20, 1), folder);
        assertThat(rewarded()).allSatisfy(step -> assertThat(step.reward()).isBetween(-1.0, 1.0));
        assertThat(result.report()).hasValueSatisfying(report -> {
            assertThat(report.source().rows()).isEqualTo(30);
            // What was rejected beside two of three sentences is answered less often there.
            assertThat(report.metrics().accuracy())
                    .isGreaterThanOrEqualTo(
                            report.withoutAdapter().orElseThrow().first().accuracy());
        });
    }

    @Test
    void fewRowsAreAllLearnedFromWhichTheReportSays() {
        RewardedTask task = RewardedTask.ofLabelled(examples(12), Mode.SINGLE_LABEL, 0.1, 1);
        AdapterResult result = learned(job(task, QUICK, Agreement.ACCURACY, 2, 1), folder);
        assertThat(result.report())
                .hasValueSatisfying(
                        report -> assertThat(report.source().sentence()).contains("learned from"));
        assertThat(events)
                .filteredOn(Warned.class::isInstance)
                .extracting(event -> ((Warned) event).name())
                .contains("judged_by_learned_rows");
    }

    @Test
    void aConstantRewardIsWarnedOfAndMovesNothing() {
        learned(job(QUICK, answer -> 0.5, 20, 1), folder);
        // At the start an adapter is none: its upward matrices are zero.
        assertThat(rewarded())
                .hasSize(20)
                .allSatisfy(step -> assertThat(step.divergence()).isZero());
        assertThat(events)
                .filteredOn(Warned.class::isInstance)
                .first()
                .extracting(event -> ((Warned) event).name())
                .isEqualTo("constant_rewards");
    }
}

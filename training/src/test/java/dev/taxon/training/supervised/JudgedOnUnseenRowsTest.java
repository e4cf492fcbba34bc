package dev.taxon.training.supervised;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.Mode;
import dev.taxon.training.Tickets;
import dev.taxon.training.adapter.AdapterResult;
import dev.taxon.training.adapter.SupervisedJob;
import dev.taxon.training.adapter.SupervisedJobs;
import dev.taxon.training.data.Example;
import dev.taxon.training.learning.LearnedBefore;
import dev.taxon.training.report.ScoreSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** By which rows an adapter is judged, and when by none. */
class JudgedOnUnseenRowsTest extends SupervisedJobs {
    @Test
    void manyRowsAreHeldOutInPartAndLearningStopsWhenTheseNoLongerGain() {
        AdapterResult result = run(manyRows(60, 40), folder).orElseThrow();
        assertThat(result.report())
                .hasValueSatisfying(report -> assertThat(report.source()).isEqualTo(new ScoreSource.HeldOut(18)));
        BestAdapter best = BestAdapter.after(Integer.MAX_VALUE, folder.resolve("run/held-out"));
        assertThat(best.looksSince()).isGreaterThanOrEqualTo(2);
        assertThat(best.step().orElseThrow()).isLessThan(40 * 162 / 16);
    }

    @Test
    void aSingleRowGivesAnAdapterThatIsNotCalibrated() {
        AdapterResult result = run(job(Tickets.of(1).subList(0, 1), 1), folder).orElseThrow();
        assertThat(result.report()).isEmpty();
        assertThat(read(result.adapter()).settings().temperature()).isEqualTo(1);
    }

    @Test
    void rowsOfOneTextAreAllLearnedAndNotCrossFitted() {
        Example row = Tickets.of(1).get(0);
        AdapterResult result = run(job(Collections.nCopies(3, row), 1), folder).orElseThrow();
        assertThat(result.report()).isEmpty();
    }

    @Test
    void rowsOfOneTextAreAllLearnedAndNoneHeldOut() {
        SupervisedJob many = manyRows(1, 2);
        SupervisedTask task =
                SupervisedTask.of(Collections.nCopies(12, many.task().examples().get(0)), Mode.SINGLE_LABEL);
        SupervisedJob same = new SupervisedJob(task, many.settings(), null, Optional.empty(), Map.of());
        assertThat(run(same, folder).orElseThrow().report()).isEmpty();
    }

    @Test
    void rowsThatWereLearnedBeforeAreNotHeldOut() {
        AdapterResult result = run(before(manyRows(40, 2), 60), folder).orElseThrow();
        assertThat(result.report()).hasValueSatisfying(report -> {
            assertThat(report.source()).isEqualTo(new ScoreSource.HeldOut(6));
            assertThat(report.answers())
                    .allSatisfy(answer -> assertThat(answer.row()).isGreaterThan(60));
        });
    }

    @Test
    void rowsThatWereLearnedBeforeAreCrossFittedAndNotJudged() {
        AdapterResult result = run(before(job(Tickets.of(20), 1), 15), folder).orElseThrow();
        assertThat(result.report()).hasValueSatisfying(report -> {
            assertThat(report.source()).isEqualTo(new ScoreSource.CrossFitted(45, 2));
            assertThat(report.answers())
                    .allSatisfy(answer -> assertThat(answer.row()).isGreaterThan(15));
        });
    }

    @Test
    void whereTooFewAreNewTheReportSaysThatItsRowsWereLearned() {
        AdapterResult crossFitted =
                run(before(job(Tickets.of(4), 1), 2), folder.resolve("folds")).orElseThrow();
        assertThat(crossFitted.report())
                .hasValueSatisfying(report -> assertThat(report.source()).isEqualTo(new ScoreSource.Learned(12)));
        AdapterResult heldOut =
                run(before(manyRows(20, 2), 40), folder.resolve("part")).orElseThrow();
        assertThat(heldOut.report())
                .hasValueSatisfying(report -> assertThat(report.source()).isEqualTo(new ScoreSource.Learned(6)));
    }

    private static SupervisedJob before(SupervisedJob job, int first) {
        SupervisedTask task = job.task().withLearnedBefore(LearnedBefore.all(first));
        return new SupervisedJob(task, job.settings(), null, Optional.empty(), Map.of());
    }

    @Test
    void noMoreFoldsAreCrossFittedThanThereAreTexts() {
        SupervisedJob job = job(Tickets.of(1), 1);
        List<Example> twice = Stream.concat(
                        job.task().examples().stream().limit(2),
                        job.task().examples().stream().limit(2))
                .toList();
        SupervisedSettings own = job.settings();
        SupervisedSettings settings = new SupervisedSettings(
                own.size(),
                own.rates(),
                own.loss(),
                own.schedule(),
                own.candidates(),
                new Validation.CrossFitted(4),
                1);
        SupervisedJob folded = new SupervisedJob(
                SupervisedTask.of(twice, Mode.SINGLE_LABEL), settings, null, Optional.empty(), Map.of());
        assertThat(run(folded, folder).orElseThrow().report())
                .hasValueSatisfying(report -> assertThat(report.source()).isEqualTo(new ScoreSource.CrossFitted(4, 2)));
    }
}

package dev.taxon.training.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.Mode;
import dev.taxon.training.data.Example;
import dev.taxon.training.policy.Agreement;
import dev.taxon.training.policy.PolicySettings;
import dev.taxon.training.policy.PolicySettings.Limit;
import dev.taxon.training.policy.PolicySettings.Terms;
import dev.taxon.training.policy.Reward;
import dev.taxon.training.policy.RewardException;
import dev.taxon.training.ppo.RewardedTask;
import dev.taxon.training.run.TrainingEvent.Warned;
import dev.taxon.training.run.TrainingException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A policy that runs away, and rewards and rows that cannot be used. */
class FailingPolicyTest extends RewardedJobs {
    @Test
    void aPolicyThatRunsAwayEndsWithTheAdapterOfTheLastHealthyCheckpoint() {
        PolicySettings wild = settings(5e-2, new Terms(0, 0), new Limit(1e-3, 2));
        AdapterResult result = learned(job(wild, Agreement.F1, 60, 1), folder.resolve("wild"));
        assertThat(rewarded()).hasSizeLessThan(60);
        assertThat(events).anySatisfy(event -> {
            assertThat(event).isInstanceOf(Warned.class);
            assertThat(((Warned) event).message()).contains("run away", "that of step 0");
        });
        PolicySettings still = settings(0, new Terms(0, 0), Limit.defaults());
        assertThat(learned(job(still, Agreement.F1, 1, 1), folder.resolve("still"))
                        .digest())
                .isEqualTo(result.digest());
    }

    @Test
    void aRewardThatIsNotANumberIsRefusedWithStepAndRow() {
        Reward none = answer -> Double.NaN;
        assertThatThrownBy(() -> learned(job(QUICK, none, 2, 1), folder))
                .isInstanceOf(RewardException.class)
                .hasMessageContaining("Step 1")
                .hasMessageContaining("row ")
                .hasMessageContaining("NaN")
                .hasMessageNotContaining("striker");
        // Nothing was learned, so that the folder takes the corrected job.
        assertThat(learned(job(QUICK, Agreement.F1, 2, 1), folder).digest()).isNotEmpty();
    }

    @Test
    void aJobThatFailsAfterAStepIsKept() {
        int[] asked = {0};
        Reward breaking = answer -> asked[0]++ < 40 ? Agreement.F1.of(answer) : Double.NaN;
        assertThatThrownBy(() -> learned(job(QUICK, breaking, 9, 1), folder))
                .isInstanceOf(RewardException.class)
                .hasMessageNotContaining("Step 1:");
        assertThatThrownBy(() -> learned(job(QUICK, Agreement.F1, 9, 1), folder))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("already holds a run");
    }

    @Test
    void aRowThatCannotBeReadIsNamedWhereItStands() {
        List<Example> examples = new ArrayList<>(examples(60));
        examples.set(30, new Example("Parliament passed the bill", List.of("sports", " "), List.of("sports")));
        RewardedTask task = RewardedTask.ofLabelled(examples, Mode.SINGLE_LABEL, 0.2, 1);
        assertThatThrownBy(() -> learned(job(task, QUICK, Agreement.F1, 9, 1), folder))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("Cannot read row 31:");
    }
}

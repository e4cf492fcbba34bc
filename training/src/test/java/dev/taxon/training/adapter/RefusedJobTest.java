package dev.taxon.training.adapter;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.Mode;
import dev.taxon.training.IllegalSetting;
import dev.taxon.training.Tickets;
import dev.taxon.training.data.Example;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingException;
import dev.taxon.training.supervised.SupervisedDefaults;
import dev.taxon.training.supervised.SupervisedSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a job does not begin or go on with. */
class RefusedJobTest extends SupervisedJobs {
    @Test
    void refusesToGoOnWithOtherSettingsWhereOnlyTheLastPhaseIsLeft() {
        StopSignal stop = new StopSignal();
        int steps = 2 * 4 * 2 + 3;
        training(job(Tickets.of(8), 1), stoppingAfter(steps, stop), stop).run(folder, false);
        assertThatThrownBy(() -> training(job(Tickets.of(8), 2), event -> {}, new StopSignal())
                        .run(folder, true))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("seed was 1 and is now 2");
    }

    @Test
    void refusesToGoOnWithRowsInAnotherOrder() {
        StopSignal stop = new StopSignal();
        training(job(Tickets.of(4), 1), stoppingAfter(3, stop), stop).run(folder, false);
        List<Example> turned = new ArrayList<>(Tickets.of(4));
        Collections.reverse(turned);
        assertThatThrownBy(() ->
                        training(job(turned, 1), event -> {}, new StopSignal()).run(folder, true))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("rows was");
    }

    @Test
    void aRowWithoutRoomIsRefusedBeforeThereIsAFolder() {
        SupervisedJob job = job(Tickets.of(4), 1);
        assertThatThrownBy(() -> new SupervisedJob(job.task(), job.settings(), 0, Optional.empty(), Map.of()))
                .isInstanceOf(IllegalSetting.class)
                .hasMessageContaining("max_length");
    }

    @Test
    void refusesAFolderThatHoldsARunUnlessToldToGoOn() {
        run(job(Tickets.of(4), 1), folder);
        assertThatThrownBy(() -> run(job(Tickets.of(4), 1), folder))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("already holds a run")
                .hasMessageContaining("--resume");
    }

    @Test
    void refusesToGoOnWithAnotherSeedAndNamesIt() {
        StopSignal stop = new StopSignal();
        training(job(Tickets.of(4), 1), stoppingAfter(3, stop), stop).run(folder, false);
        assertThatThrownBy(() -> training(job(Tickets.of(4), 2), event -> {}, new StopSignal())
                        .run(folder, true))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("seed was 1 and is now 2");
    }

    @Test
    void aLossThatIsNotFiniteNamesTheStepAndItsRows() {
        SupervisedJob job = job(Tickets.of(4), 1);
        SupervisedSettings wild = SupervisedDefaults.of(12, 3, Mode.SINGLE_LABEL, 1);
        SupervisedSettings.Rates rates =
                new SupervisedSettings.Rates(1e30, 1e30, 0, wild.rates().decay(), 0, 1);
        SupervisedSettings settings = new SupervisedSettings(
                wild.size(), rates, wild.loss(), wild.schedule(), wild.candidates(), wild.validation(), 1);
        SupervisedJob doomed = new SupervisedJob(job.task(), settings, null, Optional.empty(), Map.of());
        assertThatThrownBy(() -> run(doomed, folder))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("Step 2")
                .hasMessageContaining("row ")
                .hasMessageContaining("lower learning rates");
    }
}

package dev.taxon.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine whose language has digits of its own. */
class StepNumberTest {
    private final Locale before = Locale.getDefault();
    private final TrainingRuns runs = new TrainingRuns();

    @TempDir
    Path folder;

    @BeforeEach
    void speakArabic() {
        Locale.setDefault(new Locale("ar", "EG"));
    }

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(before);
    }

    @Test
    void hasTheDigitsThatNamesAreReadBy() {
        assertThat(StepNumber.of(120)).isEqualTo("00000120");
    }

    @Test
    void aStoppedRunGoesOn() {
        runs.training(runs.stoppingAfter(13), runs.signal).run(folder, false);
        FakeModel resumed = new FakeModel();
        runs.training(resumed, new StopSignal()).run(folder, true);
        assertThat(resumed.stepsTaken).isEqualTo(TrainingRuns.STEPS - 13);
    }
}

package dev.taxon.cli.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.cli.supervise.ServiceState.GivenUp;
import dev.taxon.cli.supervise.ServiceState.Pausing;
import dev.taxon.cli.supervise.ServiceState.Running;
import dev.taxon.cli.supervise.ServiceState.Starting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ServiceStateTest {
    private static final Duration NOW = Duration.ofHours(3);
    private static final RestartPolicy POLICY = new RestartPolicy(
            Duration.ofSeconds(1), Duration.ofSeconds(5), 4, 2, Duration.ofSeconds(60), Duration.ofSeconds(9));

    @Test
    void pausesGrowWithEveryDeathUpToTheLongest() {
        assertThat(POLICY.pauseAfter(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(POLICY.pauseAfter(2)).isEqualTo(Duration.ofSeconds(2));
        assertThat(POLICY.pauseAfter(3)).isEqualTo(Duration.ofSeconds(4));
        assertThat(POLICY.pauseAfter(4)).isEqualTo(Duration.ofSeconds(5));
        assertThat(POLICY.pauseAfter(1000)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aSteadyRunForgivesEarlierDeaths() {
        Running running = new Running(3, NOW);
        assertThat(running.died("killed", NOW.plusSeconds(60), POLICY))
                .isEqualTo(new Pausing(true, 1, "killed", Duration.ofSeconds(1)));
        assertThat(running.died("killed", NOW.plusSeconds(59), POLICY)).isEqualTo(new GivenUp(4, "killed"));
    }

    @Test
    void aServiceThatNeverRanIsGivenUpSooner() {
        assertThat(new Starting(false, 1, NOW).died("no", POLICY)).isEqualTo(new GivenUp(2, "no"));
        assertThat(new Starting(true, 1, NOW).died("no", POLICY))
                .isEqualTo(new Pausing(true, 2, "no", Duration.ofSeconds(2)));
    }

    @Test
    void aNewStartRemembersTheDeathsBeforeIt() {
        assertThat(new Pausing(true, 2, "no", Duration.ZERO).resume(NOW)).isEqualTo(new Starting(true, 2, NOW));
        assertThat(new Starting(true, 2, NOW).ready(NOW)).isEqualTo(new Running(2, NOW));
    }

    @Test
    void theStandardPolicyNeverGivesUpWhatWasOfUseAndIsQuick() {
        RestartPolicy standard = RestartPolicy.standard();

        assertThat(standard.pauseAfter(1)).isLessThan(Duration.ofSeconds(1));
        assertThat(standard.pauseAfter(1_000)).isLessThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(standard.deaths()).isEqualTo(Integer.MAX_VALUE);
    }
}

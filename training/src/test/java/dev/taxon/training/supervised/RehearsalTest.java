package dev.taxon.training.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.Mode;
import dev.taxon.training.data.Example;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    private static final Example ROW = new Example("a secret", List.of("a", "b"), List.of("a"));

    @Test
    void isItsShareOfAnEpochAsFarAsThereAreRows() {
        assertThat(rehearsal(1_000, 0.25).perEpoch(30)).isEqualTo(10);
        assertThat(rehearsal(4, 0.25).perEpoch(30)).isEqualTo(4);
        assertThat(Rehearsal.none().perEpoch(30)).isZero();
    }

    @Test
    void isPartOfWhatAJobIsKnownBy() {
        SupervisedTask alone = SupervisedTask.of(List.of(ROW), Mode.SINGLE_LABEL);
        SupervisedTask beside = alone.withRehearsal(rehearsal(2, 0.5));
        assertThat(beside.digest()).isNotEqualTo(alone.digest());
        assertThat(beside.rows()).hasSize(3);
        assertThat(beside.examples()).hasSize(1);
    }

    @Test
    void refusesAShareThatLeavesNoRoomAndShowsNoText() {
        assertThatThrownBy(() -> rehearsal(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rehearsal(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThat(rehearsal(1, 0.5)).asString().doesNotContain("secret");
    }

    private static Rehearsal rehearsal(int rows, double share) {
        return new Rehearsal(Collections.nCopies(rows, ROW), share);
    }
}

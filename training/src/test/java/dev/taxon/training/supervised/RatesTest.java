package dev.taxon.training.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.core.Mode;
import dev.taxon.training.supervised.SupervisedSettings.Rates;
import org.junit.jupiter.api.Test;

class RatesTest {
    private final Rates few = SupervisedDefaults.of(16, 2, Mode.SINGLE_LABEL, 1).rates();

    @Test
    void fallWithTheSquareOfWhatTheBaseHasWrong() {
        assertThat(few.forError(0.25).up()).isCloseTo(few.up() / 4, within(1e-15));
        assertThat(few.forError(0.25).down()).isCloseTo(few.down() / 4, within(1e-15));
        assertThat(few.forError(0.5).up()).isEqualTo(few.up());
        assertThat(few.forError(0.9).up()).isEqualTo(few.up());
    }

    @Test
    void areFullOnceTheBaseHasEightRowsWrong() {
        Rates more = SupervisedDefaults.of(32, 4, Mode.SINGLE_LABEL, 1).rates();

        assertThat(more.forError(8 / 32.).up()).isEqualTo(more.up());
        assertThat(more.forError(4 / 32.).up()).isCloseTo(more.up() / 4, within(1e-15));
    }

    @Test
    void thatAreGivenHoldWhateverTheBaseKnows() {
        Rates given = few.with(1e-3, null, null, null, null, null);

        assertThat(given.forError(0.1).up()).isEqualTo(1e-3);
        assertThat(few.with(null, null, 0.2, null, null, null).forError(0.25).up())
                .isCloseTo(few.up() / 4, within(1e-15));
    }

    @Test
    void ofManyRowsOrOfSeveralLabelsARowAreAlwaysFull() {
        Rates many = SupervisedDefaults.of(5_000, 2, Mode.SINGLE_LABEL, 1).rates();
        Rates several = SupervisedDefaults.of(16, 2, Mode.MULTI_LABEL, 1).rates();

        assertThat(many.forError(0.1).up()).isEqualTo(many.up());
        assertThat(several.forError(0.1).up()).isEqualTo(several.up());
    }
}

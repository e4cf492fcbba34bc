package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowIdsTest {
    private final RowIds ids = RowIds.of(UUID.fromString("6f1c2b1e-5d1f-4a51-9d0e-2f6f0d5b7a11"));

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 250, Long.MAX_VALUE})
    void standForANumber(long number) {
        String id = ids.write(number);

        assertThat(id).matches("[0-9a-f]{32}").isEqualTo(ids.write(number));
        assertThat(ids.read(id)).hasValue(number);
        assertThat(ids.read(id.toUpperCase(Locale.ROOT))).hasValue(number);
    }

    @Test
    void ofOneDataSetAreNoneOfAnother() {
        String id = RowIds.of(UUID.randomUUID()).write(1);

        assertThat(ids.read(id)).isEmpty();
        assertThat(ids.write(1)).isNotEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "x", "0123456789abcdef", "0123456789abcdef0123456789abcdeg", "\u0661"})
    void areNothingElse(String id) {
        assertThat(ids.read(id)).isEmpty();
    }
}

package dev.taxon.sdk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QuotaLimitsTest {

    @Test
    void whatIsNotLimitedIsNotWritten() throws Exception {
        QuotaLimits limits = QuotaLimits.builder().textsPerDay(5L).build();

        assertThat(WireJson.string(limits)).isEqualTo("{\"texts_per_day\":5,\"weight\":100}");
        assertThat(WireJson.read("{\"texts_per_day\":5}", QuotaLimits.class)).isEqualTo(limits);
        assertThat(WireJson.string(QuotaLimits.unlimited())).isEqualTo("{\"weight\":100}");
    }

    @Test
    void everyLimitIsReadWrittenAndBuiltAgain() throws Exception {
        String all = "{\"requests_per_minute\":1,\"texts_per_minute\":2,\"texts_per_day\":3,\"adapters\":4,"
                + "\"dataset_bytes\":5,\"concurrent_jobs\":6,\"adapter_rank\":7,\"adapter_bytes\":8,\"weight\":9}";

        QuotaLimits limits = WireJson.read(all, QuotaLimits.class);

        assertThat(WireJson.string(limits)).isEqualTo(all);
        assertThat(limits.toBuilder().build()).isEqualTo(limits);
        assertThat(limits.toBuilder().adapters(null).build().adapters()).isNull();
    }

    @Test
    void whatIsNoLimitIsRefused() {
        assertThatThrownBy(() -> QuotaLimits.builder().adapters(-1L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("adapters");
        assertThatThrownBy(() -> QuotaLimits.builder().weight(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> QuotaLimits.builder().weight(10_001)).isInstanceOf(IllegalArgumentException.class);
    }
}

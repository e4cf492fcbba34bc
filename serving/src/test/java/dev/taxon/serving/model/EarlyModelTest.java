package dev.taxon.serving.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.checkpoint.Checkpoint;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EarlyModelTest {
    @Test
    void isReadOnceAndTakenOnce() {
        EarlyModel.begin();
        try (Checkpoint first = EarlyModel.take().orElseThrow()) {
            assertThat(first.config().name()).isEqualTo("taxon-small");
        }
        assertThat(EarlyModel.take()).isEqualTo(Optional.empty());
        EarlyModel.begin();
        EarlyModel.forget();
        assertThat(EarlyModel.take()).isEqualTo(Optional.empty());
    }

    @Test
    void isOfUseToThoseWhoAnswerByTheBuiltInModel() {
        assertThat(EarlyModel.wanted(Map.of())).isTrue();
        assertThat(EarlyModel.wanted(Map.of("TAXON_ROLES", "api,worker"))).isTrue();
        assertThat(EarlyModel.wanted(Map.of("TAXON_ROLES", "worker"))).isFalse();
        assertThat(EarlyModel.wanted(Map.of("TAXON_MODEL", "models/mine"))).isFalse();
    }
}

package dev.taxon.serving.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.ComputeDevice;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TaxonSettingsTest {

    @Test
    void hasADefaultForEverything() {
        TaxonSettings settings = settings(Map.of());
        assertThat(settings.roles()).containsExactly(Role.API);
        assertThat(settings.model()).isEmpty();
        assertThat(settings.otherModels()).isEmpty();
        assertThat(settings.precision()).isEqualTo(PrecisionChoice.AUTO);
        assertThat(settings.device()).isEqualTo(ComputeDevice.AUTO);
        assertThat(settings.caches().adapterBytes()).isEqualTo(256 << 20);
        assertThat(settings.caches().adapterMemoryBytes()).isEmpty();
        assertThat(settings.caches().tenantPercent()).isEqualTo(50);
        assertThat(settings.caches().coldLoadsPerSecond()).isEqualTo(20);
        assertThat(settings.caches().labelBytes()).isEqualTo(64 << 20);
        assertThat(settings.limits().bodyBytes()).isEqualTo(10_485_760);
        assertThat(settings.limits().adapterBytes()).isEqualTo(256 << 20);
        assertThat(settings.limits().datasetBytes()).isEqualTo(1_073_741_824);
        assertThat(settings.limits().datasetRows()).isEqualTo(10_000_000);
        assertThat(settings.limits().textCharacters()).isEqualTo(1_000_000);
        assertThat(settings.limits().texts()).isEqualTo(1_000);
        assertThat(settings.limits().labels()).isEqualTo(1_000);
        assertThat(settings.limits().scores()).isEmpty();
        assertThat(settings.batching().tokenBudget()).isEqualTo(16_384);
        assertThat(settings.batching().rowLimit()).isEqualTo(256);
        assertThat(settings.batching().batchTime()).isEqualTo(Duration.ofMillis(50));
        assertThat(settings.batching().longestWait()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.batching().usualWait()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.batching().overflowWait()).isEqualTo(Duration.ofMillis(200));
        assertThat(settings.batching().drain()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.keys().remembered()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.worker().folder()).isEmpty();
        assertThat(settings.worker().heartbeat()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.worker().poll()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.database().applicationRole()).isEqualTo("taxon_app");
        assertThat(settings.webhooks().send()).isTrue();
        assertThat(settings.webhooks().allowPrivate()).isFalse();
    }

    @Test
    void takesWhatIsSet() {
        TaxonSettings settings = settings(Map.of(
                "taxon.model", "models/mine",
                "taxon.other-models", "taxon-small,models/with\\,comma",
                "taxon.precision", "bf16",
                "taxon.device", "cpu",
                "taxon.caches.label-bytes", "1000",
                "taxon.caches.adapter-memory-bytes", "2000",
                "taxon.limits.texts", "7",
                "taxon.limits.scores", "77",
                "taxon.batching.longest-wait", "300ms"));
        assertThat(settings.model()).contains(Path.of("models/mine"));
        assertThat(settings.otherModels()).contains(List.of("taxon-small", "models/with,comma"));
        assertThat(settings.precision()).isEqualTo(PrecisionChoice.BF16);
        assertThat(settings.device()).isEqualTo(ComputeDevice.CPU);
        assertThat(settings.caches().labelBytes()).isEqualTo(1_000);
        assertThat(settings.caches().adapterMemoryBytes()).hasValue(2_000);
        assertThat(settings.limits().texts()).isEqualTo(7);
        assertThat(settings.limits().scores()).hasValue(77);
        assertThat(settings.batching().longestWait()).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void refusesAPrecisionThatThereIsNot() {
        assertThatThrownBy(() -> settings(Map.of("taxon.precision", "fp8")).precision())
                .hasMessageContaining("taxon.precision");
    }

    private static TaxonSettings settings(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withConverter(Duration.class, 100, new io.quarkus.runtime.configuration.DurationConverter())
                .withMapping(TaxonSettings.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(TaxonSettings.class);
    }
}

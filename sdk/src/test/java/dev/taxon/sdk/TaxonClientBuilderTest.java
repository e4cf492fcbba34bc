package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaxonClientBuilderTest {

    @Test
    void defaults() {
        ClientOptions options = complete().options();

        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(options.maxRetries()).isEqualTo(2);
        assertThat(options.deadline()).isNull();
        assertThat(options.headers()).isEmpty();
        assertThat(options.userAgent()).isEqualTo("taxon-java");
    }

    @Test
    void addressAndKeyAreRequired() {
        assertThatThrownBy(() -> TaxonClient.builder().apiKey("k").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("baseUrl");
        assertThatThrownBy(() -> TaxonClient.builder().baseUrl("http://h").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("apiKey");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:8080",
                "ftp://h",
                "http:///v1",
                "http://u:p@h",
                "http://h?a=b",
                "http://h#f",
                "h h"
            })
    void anAddressThatIsNoneIsRefused(String url) {
        assertThatThrownBy(() -> TaxonClient.builder().baseUrl(url)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "k\r\nX-Evil: 1", "schl\u00fcssel"})
    void aKeyThatCannotBeSentIsRefused(String key) {
        assertThatThrownBy(() -> TaxonClient.builder().apiKey(key)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "host", "CONTENT-LENGTH", "X-Taxon-Deadline-Ms", "", "a b", "x:"})
    void aHeaderThatIsNotTheCallersIsRefused(String name) {
        assertThatThrownBy(() -> complete().header(name, "v")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHeaderCannotCarryAnother() {
        assertThatThrownBy(() -> complete().header("X-A", "1\r\nX-B: secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> complete().userAgent("a\nb")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void headersDifferByMoreThanCase() {
        ClientOptions options = complete().header("X-A", "1").header("x-a", "2").options();

        assertThat(options.headers()).hasSize(1).containsValue("2");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> complete().maxRetries(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> complete().maxRetries(11)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> complete().timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> complete().deadline(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TaxonClientBuilder complete() {
        return TaxonClient.builder().baseUrl("http://127.0.0.1:8080").apiKey("tx_a_b");
    }
}

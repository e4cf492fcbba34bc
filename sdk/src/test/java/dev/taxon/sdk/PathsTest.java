package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that callers give. */
final class PathsTest {

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    private final TaxonClient client = server.client().maxRetries(0).build();

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a?b", "../b", "a b", "%2e%2e", "\u00e9"})
    void namesAreOneSegmentWhateverTheyHold(String name) {
        server.then(404, "{\"code\":\"not_found\",\"status\":404,\"retryable\":false}");

        assertThatThrownBy(() -> client.datasets().get(name)).isInstanceOf(NotFoundException.class);

        assertThat(server.asked.get(0).path()).startsWith("/v1/datasets/").doesNotContain("?");
        assertThat(server.asked.get(0).path().substring("/v1/datasets/".length()))
                .doesNotContain("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void namesThatWouldLeadElsewhereAreNotSent(String name) {
        assertThatThrownBy(() -> client.datasets().get(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.datasets().versions(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.jobs().await(name)).isInstanceOf(IllegalArgumentException.class);
        assertThat(server.asked).isEmpty();
    }
}

package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.taxon.sdk.wire.DatasetFormat;
import dev.taxon.sdk.wire.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class DatasetVersionsClientTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    private final FakePacing time = new FakePacing();
    private final TaxonClient client = server.client().pacing(time.pacing(0)).build();
    private final DatasetVersionsClient versions = client.datasets().versions("mails");

    @Test
    void filesAreStreamedUpWithTheirType() throws IOException {
        Path file = Files.writeString(folder.resolve("rows.csv"), "text,label\nhello,a\n");
        server.thenHangUp().then(201, "{\"dataset\":\"mails\",\"version\":3,\"bytes\":19,\"shape\":\"round\"}");

        assertThat(versions.upload(file, DatasetFormat.CSV).version()).isEqualTo(3);

        assertThat(server.asked).hasSize(2);
        assertThat(server.asked.get(1).body()).isEqualTo("text,label\nhello,a\n");
        assertThat(server.asked.get(1).header("Content-type")).isEqualTo("text/csv");
        assertThat(server.asked)
                .extracting(asked -> asked.header("Idempotency-key"))
                .doesNotContain("")
                .containsOnly(server.asked.get(0).header("Idempotency-key"));
        assertThatThrownBy(() -> versions.upload(folder.resolve("none"), DatasetFormat.CSV))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVersionIsWaitedForUntilItIsReady() {
        server.then(200, Bodies.datasetVersion("importing")).then(200, Bodies.datasetVersion("ready"));

        assertThat(versions.await(2).version()).isEqualTo(2);

        assertThat(server.asked)
                .hasSize(2)
                .extracting(LoopbackServer.Asked::path)
                .containsOnly("/v1/datasets/mails/versions/2");
    }

    @Test
    void aVersionThatIsRefusedSaysWhichAndWhy() {
        server.then(200, Bodies.refused());

        DatasetRefusedException refused = catchThrowableOfType(DatasetRefusedException.class, () -> versions.await(2));

        assertThat(refused).hasMessage("version 2 of the dataset mails was refused: One class.");
        assertThat(refused.dataset()).isEqualTo("mails");
        assertThat(refused.version()).isEqualTo(2);
        assertThat(refused.errorCode()).contains(ErrorCode.INVALID_REQUEST);
        assertThat(refused.status()).isEmpty();
        assertThatThrownBy(() -> versions.awaitAsync(2).join()).hasCauseInstanceOf(DatasetRefusedException.class);
    }

    @Test
    void correctionsBecomeAVersion() {
        server.then(201, "{\"dataset\":\"mails\",\"version\":1,\"bytes\":0}");

        versions.createFromFeedback("support");

        assertThat(server.asked.get(0).body()).isEqualTo("{\"feedback\":{\"adapter\":\"support\"}}");
    }

    @Test
    void everythingOfAVersionIsBelowItsPath() {
        server.then(200, "{\"items\":[]}").then(204, "");

        assertThat(versions.list()).isEmpty();
        versions.delete(2);

        assertThat(server.asked)
                .extracting(asked -> asked.method() + " " + asked.path())
                .containsExactly("GET /v1/datasets/mails/versions", "DELETE /v1/datasets/mails/versions/2");
    }
}

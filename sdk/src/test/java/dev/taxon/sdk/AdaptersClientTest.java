package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class AdaptersClientTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    private final TaxonClient client = server.client().maxRetries(0).build();

    @Test
    void whatIsDeletedIsNamedByItsPath() {
        server.then(204, "");

        client.adapters().versions("support").delete(2);
        client.adapters().delete("support");
        client.adapters().delete("support", true);

        assertThat(server.asked)
                .extracting(asked -> asked.method() + " " + asked.path())
                .containsExactly(
                        "DELETE /v1/adapters/support/versions/2",
                        "DELETE /v1/adapters/support",
                        "DELETE /v1/adapters/support?force=true");
    }

    @Test
    void aZipBecomesAVersion() throws IOException {
        Path zip = Files.writeString(folder.resolve("adapter.zip"), "zipped");
        server.then(201, Bodies.adapterVersion(1));

        assertThat(client.adapters().versions("support").importZip(zip).version())
                .isEqualTo(1);

        assertThat(server.asked.get(0).path()).isEqualTo("/v1/adapters/support/versions");
        assertThat(server.asked.get(0).header("Content-type")).isEqualTo("application/zip");
        assertThat(server.asked.get(0).body()).isEqualTo("zipped");
    }
}

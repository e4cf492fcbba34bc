package dev.taxon.serving.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.AdapterZips;
import dev.taxon.serving.fixture.LoggedErrors;
import dev.taxon.serving.fixture.Problems;
import dev.taxon.serving.scratch.WorkFolder;
import dev.taxon.serving.scratch.WorkFolders;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose disk takes nothing, as its folder for files of a while is not there. */
@QuarkusTest
class NodeWithoutDiskIT extends AdapterServerTest {
    @Inject
    WorkFolders folders;

    private String name = "";
    private Path work = Path.of("");

    @BeforeEach
    void takeTheDiskAway() throws IOException {
        name = newAdapter(1);
        try (WorkFolder folder = folders.open()) {
            work = Objects.requireNonNull(folder.path().getParent());
        }
        Files.move(work, aside());
    }

    @AfterEach
    void giveItBack() throws IOException {
        if (!Files.exists(work)) {
            Files.move(aside(), work);
        }
    }

    @Test
    void isNoFaultOfWhoImports() throws IOException {
        try (LoggedErrors errors = new LoggedErrors()) {
            expectToTryLater(importVersion(name, AdapterZips.of(1, LABELS)));
            assertThat(errors.messages().toString()).contains("DiskException");
        }
        giveItBack();
        assertThat(importVersion(name, AdapterZips.of(1, LABELS)).statusCode()).isEqualTo(201);
    }

    @Test
    void isNoFaultOfWhoClassifies() throws IOException {
        String body = "{'texts': ['my parcel is late'], 'adapter': '" + name + "@1'}";
        expectToTryLater(call("POST", "/v1/classify", body));
        giveItBack();
        assertThat(call("POST", "/v1/classify", body).statusCode()).isEqualTo(200);
    }

    private static void expectToTryLater(HttpResponse<String> response) {
        assertThat(Problems.expect(ErrorCode.OVERLOADED, response).detail()).contains("disk");
        assertThat(response.headers().firstValue("Retry-After")).contains("30");
    }

    private Path aside() {
        return work.resolveSibling("aside");
    }
}

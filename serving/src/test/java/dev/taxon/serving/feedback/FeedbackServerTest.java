package dev.taxon.serving.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.ServerTest;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** What tests of feedback start from: a tenant that has its texts and feedback kept. Single quotes stand for double ones. */
abstract class FeedbackServerTest extends ServerTest {
    @Inject
    TenantTransactions transactions;

    @Inject
    FeedbackStore store;

    UUID tenant = new UUID(0, 0);

    @BeforeEach
    void makeTenant() {
        String name = "t" + UUID.randomUUID();
        token = newKey(name, Scope.all()).token();
        tenant = new TenantKeys(dataSource).findOrCreate(name).id();
        settings("{'capture_texts': true, 'feedback': true}");
    }

    List<JudgedAnswer> judged() {
        List<JudgedAnswer> found = new ArrayList<>();
        store.read(tenant, null, Instant.now().plusSeconds(60), found::add);
        return found;
    }

    void settings(String json) {
        assertThat(send("PUT", "/v1/settings", json).statusCode()).isEqualTo(200);
    }

    HttpResponse<String> send(String method, String path, @Nullable String json) {
        return Http.send(Http.to(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json.replace('\'', '"'))));
    }
}

package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.Dataset;
import dev.taxon.sdk.wire.Job;
import dev.taxon.sdk.wire.JobState;
import dev.taxon.sdk.wire.Page;
import dev.taxon.sdk.wire.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
final class PagedTest {

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    private final FakePacing time = new FakePacing();
    private final TaxonClient client = server.client().pacing(time.pacing(0)).build();

    @Test
    void pagesAreFetchedAsFarAsTheyAreRead() {
        server.then(200, "{\"items\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"next\":\"b&c\"}")
                .then(200, "{\"items\":[{\"name\":\"d\"}]}");

        Paged<Dataset> datasets = client.datasets().list();
        assertThat(server.asked).isEmpty();
        assertThat(datasets.stream().limit(2).map(Dataset::name)).containsExactly("a", "b");
        assertThat(server.asked).hasSize(1);

        assertThat(datasets.page("b&c").join().items()).hasSize(1);
        assertThat(server.asked)
                .extracting(LoopbackServer.Asked::path)
                .containsExactly("/v1/datasets", "/v1/datasets?after=b%26c");
    }

    @Test
    void aListIsReadToItsEnd() {
        for (int i = 0; i < 2; i++) {
            server.then(200, "{\"items\":[{\"name\":\"a\"}],\"next\":\"a\"}")
                    .then(200, "{\"items\":[],\"next\":\"m\"}")
                    .then(200, "{\"items\":[{\"name\":\"z\"}]}");
        }

        List<String> names = new ArrayList<>();
        client.admin().tenants().forEach(tenant -> names.add(tenant.name()));

        assertThat(names).containsExactly("a", "z");
        assertThat(client.admin().tenants().allAsync().join())
                .extracting(Tenant::name)
                .containsExactly("a", "z");
    }

    @Test
    void aServerThatTurnsInCirclesIsLeft() {
        server.then(200, "{\"items\":[{\"name\":\"a\"}],\"next\":\"a\"}");

        assertThat(client.datasets().list()).hasSize(2);
        assertThat(client.datasets().list().allAsync().join()).hasSize(2);
    }

    @Test
    void aPageThatCannotBeHadFailsTheWhole() {
        server.then(200, "{\"items\":[{\"name\":\"a\"}],\"next\":\"a\"}").then(404, "");

        Throwable[] seen = new Throwable[1];
        CompletableFuture<?> done = client.datasets().list().allAsync().handle((all, failure) -> seen[0] = failure);
        done.join();

        assertThat(seen[0]).isInstanceOf(NotFoundException.class);
    }

    @Test
    void cancellingEndsTheFetching() {
        List<CompletableFuture<Page<String>>> asked = new ArrayList<>();
        Paged<String> names = new Paged<>(after -> {
            asked.add(new CompletableFuture<>());
            return asked.get(asked.size() - 1);
        });

        CompletableFuture<List<String>> all = names.allAsync();
        asked.get(0).complete(new Page<>(List.of("a"), "a"));
        all.cancel(true);

        assertThat(asked).hasSize(2);
        assertThat(asked.get(1)).isCancelled();
    }

    @Test
    void aFilterStaysBesideThePage() {
        server.then(200, "{\"items\":[" + Bodies.job("running") + "],\"next\":\"x\"}")
                .then(200, "{\"items\":[]}");

        assertThat(client.jobs().list(JobState.RUNNING)).extracting(Job::id).containsExactly("j1");

        assertThat(server.asked)
                .extracting(LoopbackServer.Asked::path)
                .containsExactly("/v1/jobs?state=running", "/v1/jobs?state=running&after=x");
    }
}

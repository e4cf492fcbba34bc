package dev.taxon.sdk;

import dev.taxon.sdk.wire.NewWebhook;
import dev.taxon.sdk.wire.Webhook;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where the tenant is told of what happened; takes a key of the scope {@code manage}. Thread-safe. Methods fail with a
 * {@link TaxonException}.
 */
public final class WebhooksClient {

    private final Calls calls;

    WebhooksClient(Calls calls) {
        this.calls = calls;
    }

    /**
     * Has events posted to a URL.
     *
     * <pre>{@code String secret = client.webhooks().create("https://example.com/taxon").secret();}</pre>
     *
     * @return the webhook with its secret, which cannot be had again
     */
    public Webhook create(String url) {
        return Futures.await(createAsync(url));
    }

    /**
     * As {@link #create}.
     *
     * <pre>{@code client.webhooks().createAsync("https://example.com/taxon").thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Webhook> createAsync(String url) {
        return calls.create("/v1/webhooks", new NewWebhook(url), Webhook.class);
    }

    /**
     * The webhooks, without their secrets.
     *
     * <pre>{@code client.webhooks().list().forEach(webhook -> System.out.println(webhook.url()))}</pre>
     */
    public Paged<Webhook> list() {
        return calls.list("/v1/webhooks", Webhook.class);
    }

    /**
     * One webhook, without its secret.
     *
     * <pre>{@code client.webhooks().get(webhook.id()).url()}</pre>
     */
    public Webhook get(String id) {
        return Futures.await(getAsync(id));
    }

    /**
     * As {@link #get}.
     *
     * <pre>{@code client.webhooks().getAsync(webhook.id()).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Webhook> getAsync(String id) {
        return calls.get(Paths.of("webhooks", id), Webhook.class);
    }

    /**
     * Has no more events posted there.
     *
     * <pre>{@code client.webhooks().delete(webhook.id())}</pre>
     */
    public void delete(String id) {
        Futures.await(deleteAsync(id));
    }

    /**
     * As {@link #delete}.
     *
     * <pre>{@code client.webhooks().deleteAsync(webhook.id()).join()}</pre>
     */
    public CompletableFuture<@Nullable Void> deleteAsync(String id) {
        return calls.delete(Paths.of("webhooks", id));
    }
}

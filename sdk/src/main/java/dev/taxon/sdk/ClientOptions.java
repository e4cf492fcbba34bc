package dev.taxon.sdk;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client was built with. Prints without the key and without the values of headers. */
record ClientOptions(
        URI baseUrl,
        ApiKey apiKey,
        Duration timeout,
        int maxRetries,
        @Nullable Duration deadline,
        Map<String, String> headers,
        String userAgent,
        @Nullable InetSocketAddress proxy) {

    ClientOptions {
        headers = Map.copyOf(headers);
    }

    URI uri(String path) {
        String base = baseUrl.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    @Override
    public String toString() {
        return "ClientOptions[baseUrl=%s, timeout=%s, maxRetries=%d, deadline=%s, headers=%s, userAgent=%s, proxy=%s]"
                .formatted(baseUrl, timeout, maxRetries, deadline, headers.keySet(), userAgent, proxy);
    }
}

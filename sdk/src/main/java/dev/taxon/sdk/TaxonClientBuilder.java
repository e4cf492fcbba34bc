package dev.taxon.sdk;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds a {@link TaxonClient}. Not thread-safe; the client that it builds is. */
public final class TaxonClientBuilder {

    private static final int MOST_RETRIES = 10;

    private @Nullable URI baseUrl;
    private @Nullable ApiKey apiKey;
    private Duration timeout = Duration.ofSeconds(60);
    private int maxRetries = 2;
    private @Nullable Duration deadline;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String userAgent = "taxon-java";
    private @Nullable InetSocketAddress proxy;
    private Pacing pacing = Pacing.system();

    TaxonClientBuilder() {}

    TaxonClientBuilder(ClientOptions options, Pacing pacing) {
        this.baseUrl = options.baseUrl();
        this.apiKey = options.apiKey();
        this.timeout = options.timeout();
        this.maxRetries = options.maxRetries();
        this.deadline = options.deadline();
        this.headers.putAll(options.headers());
        this.userAgent = options.userAgent();
        this.proxy = options.proxy();
        this.pacing = pacing;
    }

    /**
     * Where the server is; a path is kept. Required.
     *
     * <pre>{@code TaxonClient.builder().baseUrl("http://127.0.0.1:8080")}</pre>
     *
     * @throws IllegalArgumentException where this is not an http or https address, or carries a user, query or fragment
     */
    public TaxonClientBuilder baseUrl(String url) {
        this.baseUrl = httpUrl(url);
        return this;
    }

    /**
     * The tenant's key. Required. It is sent to the server and shown nowhere.
     *
     * <pre>{@code TaxonClient.builder().baseUrl(url).apiKey(System.getenv("TAXON_KEY"))}</pre>
     *
     * @throws IllegalArgumentException where it is empty or holds characters that no key has
     */
    public TaxonClientBuilder apiKey(String key) {
        this.apiKey = new ApiKey(key);
        return this;
    }

    /**
     * The longest that one attempt may take, from connecting to the last byte of the answer; 60 s unless set. Uploads and
     * downloads of files have an hour.
     *
     * <pre>{@code client.withOptions(options -> options.timeout(Duration.ofSeconds(5)))}</pre>
     *
     * @throws IllegalArgumentException where it is less than a millisecond
     */
    public TaxonClientBuilder timeout(Duration value) {
        this.timeout = positive("timeout", value);
        return this;
    }

    /**
     * How often to try again after a failure that may pass, 0 to 10; 2 unless set.
     *
     * <pre>{@code client.withOptions(options -> options.maxRetries(0))}</pre>
     *
     * @throws IllegalArgumentException where it is out of this range
     */
    public TaxonClientBuilder maxRetries(int value) {
        if (value < 0 || value > MOST_RETRIES) {
            throw new IllegalArgumentException("maxRetries is 0 to " + MOST_RETRIES + ", not " + value);
        }
        this.maxRetries = value;
        return this;
    }

    /**
     * The longest that a call may take with all its retries. Each attempt tells the server what is left
     * ({@code X-Taxon-Deadline-Ms}), so that it drops work that nobody waits for. None unless set.
     *
     * <pre>{@code client.withOptions(options -> options.deadline(Duration.ofMillis(200)))}</pre>
     *
     * @throws IllegalArgumentException where it is less than a millisecond
     */
    public TaxonClientBuilder deadline(Duration value) {
        this.deadline = positive("deadline", value);
        return this;
    }

    /**
     * A header of every request.
     *
     * <pre>{@code client.withOptions(options -> options.header("X-Taxon-Routing-Key", customer))}</pre>
     *
     * @throws IllegalArgumentException where the client sets this header itself or it cannot be sent
     */
    public TaxonClientBuilder header(String name, String value) {
        Headers.check(name, value);
        this.headers.put(name, value);
        return this;
    }

    /**
     * How the client names itself to the server; {@code taxon-java} unless set.
     *
     * <pre>{@code TaxonClient.builder().baseUrl(url).apiKey(key).userAgent("mail-sorter/2.1")}</pre>
     *
     * @throws IllegalArgumentException where it holds characters that headers cannot
     */
    public TaxonClientBuilder userAgent(String value) {
        Headers.checkValue("User-Agent", value);
        this.userAgent = value;
        return this;
    }

    /**
     * The HTTP proxy that all connections go through; the JVM's own ({@code http.proxyHost}) unless set.
     *
     * <pre>{@code TaxonClient.builder().baseUrl(url).apiKey(key).proxy("proxy.example", 3128)}</pre>
     *
     * @throws IllegalArgumentException where the port is none
     */
    public TaxonClientBuilder proxy(String host, int port) {
        // Unresolved, as the proxy's name is looked up anew for each connection.
        this.proxy = InetSocketAddress.createUnresolved(host, port);
        return this;
    }

    TaxonClientBuilder pacing(Pacing value) {
        this.pacing = value;
        return this;
    }

    /**
     * The client.
     *
     * <pre>{@code TaxonClient client = TaxonClient.builder().baseUrl(url).apiKey(key).build();}</pre>
     *
     * @throws IllegalStateException where the address or the key is missing
     */
    public TaxonClient build() {
        return new TaxonClient(options(), pacing);
    }

    ClientOptions options() {
        if (baseUrl == null || apiKey == null) {
            throw new IllegalStateException("a client needs a " + (baseUrl == null ? "baseUrl" : "apiKey"));
        }
        return new ClientOptions(baseUrl, apiKey, timeout, maxRetries, deadline, headers, userAgent, proxy);
    }

    private static URI httpUrl(String url) {
        URI uri = URI.create(url);
        String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
        boolean http = scheme.equals("http") || scheme.equals("https");
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException("baseUrl is an http or https address");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("baseUrl carries no user, query or fragment");
        }
        return uri;
    }

    private static Duration positive(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(name + " is at least a millisecond");
        }
        return value;
    }
}

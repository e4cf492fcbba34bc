package dev.taxon.sdk;

import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.ClassifyRequest;
import dev.taxon.sdk.wire.ClassifyResponse;
import dev.taxon.sdk.wire.ClassifyResult;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The client of a Taxon server. Build one and share it: it is immutable, thread-safe, and keeps its connections.
 *
 * <pre>{@code
 * TaxonClient client = TaxonClient.builder()
 *         .baseUrl("http://127.0.0.1:8080")
 *         .apiKey(System.getenv("TAXON_KEY"))
 *         .build();
 * ClassifyResult result = client.classify("The match went to extra time", "sports", "business");
 * }</pre>
 *
 * <p>Failures are {@link TaxonException}s. Attempts that may succeed later are made again, with growing waits or the
 * wait that the server asks for.
 */
public final class TaxonClient {

    private final ClientOptions options;
    private final Pacing pacing;
    private final HttpClient http;
    private final Calls calls;
    private final Calls unrepeated;

    TaxonClient(ClientOptions options, Pacing pacing) {
        this(options, pacing, connections(options));
    }

    private TaxonClient(ClientOptions options, Pacing pacing, HttpClient http) {
        this.options = options;
        this.pacing = pacing;
        this.http = http;
        Transport attempts = new HttpTransport(http, options, pacing.clock());
        this.calls = calls(new RetryingTransport(attempts, options.maxRetries(), pacing));
        this.unrepeated = calls(new RetryingTransport(attempts, 0, pacing));
    }

    private Calls calls(Transport transport) {
        return new Calls(transport, pacing, options.deadline());
    }

    /**
     * A builder with the defaults.
     *
     * <pre>{@code TaxonClient client = TaxonClient.builder().baseUrl(url).apiKey(key).build();}</pre>
     */
    public static TaxonClientBuilder builder() {
        return new TaxonClientBuilder();
    }

    /**
     * A client with some options changed, over the same connections unless scheme or proxy changed. This one stays as it is.
     *
     * <pre>{@code client.withOptions(options -> options.deadline(Duration.ofMillis(200)))}</pre>
     */
    public TaxonClient withOptions(UnaryOperator<TaxonClientBuilder> change) {
        ClientOptions changed =
                change.apply(new TaxonClientBuilder(options, pacing)).options();
        boolean samePlace = Objects.equals(changed.proxy(), options.proxy())
                && Objects.equals(
                        changed.baseUrl().getScheme(), options.baseUrl().getScheme());
        return new TaxonClient(changed, pacing, samePlace ? http : connections(changed));
    }

    /**
     * Classifies one text.
     *
     * <pre>{@code client.classify("Where is my parcel?", "billing", "delivery").predictions()}</pre>
     *
     * @throws TaxonException where the call failed, or the row alone did
     */
    public ClassifyResult classify(String text, String... labels) {
        return Futures.await(classifyAsync(text, labels));
    }

    /**
     * As {@link #classify(String, String...)}.
     *
     * <pre>{@code client.classifyAsync(text, "billing", "delivery").thenAccept(result -> show(result.predictions()))}</pre>
     */
    public CompletableFuture<ClassifyResult> classifyAsync(String text, String... labels) {
        ClassifyInput input = ClassifyInput.builder(text).labels(labels).build();
        return Futures.map(classifyAsync(ClassifyRequest.of(input)), TaxonClient::only, Function.identity());
    }

    /**
     * Classifies a batch, and waits.
     *
     * <pre>{@code
     * ClassifyInput shared = ClassifyInput.builder().labels("sports", "business").build();
     * client.classify(ClassifyRequest.ofTexts(texts, shared)).results().forEach(System.out::println);
     * }</pre>
     *
     * @return one result an input, in the order given; a row that failed alone says so in its result
     * @throws TaxonException where the call failed; interrupting the thread fails it with a
     *     {@link TaxonConnectionException} and leaves the thread interrupted
     */
    public ClassifyResponse classify(ClassifyRequest request) {
        return Futures.await(classifyAsync(request));
    }

    /**
     * Classifies a batch.
     *
     * <pre>{@code client.classifyAsync(request).thenAccept(response -> System.out.println(response.usage()))}</pre>
     *
     * @return a future that fails with a {@link TaxonException}; cancelling it gives the call up
     */
    public CompletableFuture<ClassifyResponse> classifyAsync(ClassifyRequest request) {
        int expected = request.expand().size();
        Call<byte[]> call = Calls.with(Call.of("POST", "/v1/classify"), request);
        return Futures.map(calls.send(call), answer -> response(answer, expected), Function.identity());
    }

    /**
     * Labelled rows.
     *
     * <pre>{@code client.datasets().versions("mails").upload(Path.of("mails.jsonl"), DatasetFormat.JSONL)}</pre>
     */
    public DatasetsClient datasets() {
        return new DatasetsClient(calls);
    }

    /**
     * Long work.
     *
     * <pre>{@code client.jobs().await(client.jobs().create(JobRequest.lora("support", "mails")).id())}</pre>
     */
    public JobsClient jobs() {
        return new JobsClient(calls);
    }

    /**
     * The tenant's own classifiers.
     *
     * <pre>{@code client.adapters().train("support", examples).promote()}</pre>
     */
    public AdaptersClient adapters() {
        return new AdaptersClient(calls, new Trainer(this));
    }

    /**
     * What people say of answers.
     *
     * <pre>{@code client.feedback().correct(answer.requestId(), 0, List.of("billing"))}</pre>
     */
    public FeedbackClient feedback() {
        return new FeedbackClient(calls);
    }

    /**
     * What the tenant used.
     *
     * <pre>{@code client.usage().get().days()}</pre>
     */
    public UsageClient usage() {
        return new UsageClient(calls);
    }

    /**
     * The base models.
     *
     * <pre>{@code client.models().list().forEach(System.out::println)}</pre>
     */
    public ModelsClient models() {
        return new ModelsClient(calls);
    }

    /**
     * Where the tenant is told of what happened.
     *
     * <pre>{@code client.webhooks().create("https://example.com/taxon")}</pre>
     */
    public WebhooksClient webhooks() {
        return new WebhooksClient(calls);
    }

    /**
     * The tenant as a whole: its export, its end.
     *
     * <pre>{@code client.account().export(Path.of("taxon-export.zip"))}</pre>
     */
    public AccountClient account() {
        return new AccountClient(calls);
    }

    /**
     * What operators do; the client's key must be an operator's.
     *
     * <pre>{@code client.admin().createTenant("acme").token()}</pre>
     */
    public AdminClient admin() {
        return new AdminClient(calls, unrepeated);
    }

    private static ClassifyResult only(ClassifyResponse response) {
        ClassifyResult result = response.results().get(0);
        if (result.error() != null) {
            throw Failures.of(result.error(), response.requestId());
        }
        return result;
    }

    private static ClassifyResponse response(Answer<byte[]> answer, int expected) {
        ClassifyResponse response = Calls.read(answer, ClassifyResponse.class);
        if (response.results().size() != expected) {
            throw Calls.unreadable(answer, response.results().size() + " results for " + expected + " inputs");
        }
        return response;
    }

    private static HttpClient connections(ClientOptions options) {
        // Without TLS the JDK would try to upgrade every first request to HTTP/2, which servers answer in many ways.
        boolean plain = "http".equalsIgnoreCase(options.baseUrl().getScheme());
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(plain ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
                .followRedirects(HttpClient.Redirect.NEVER);
        // The JDK's own default asks the system properties of proxies.
        return options.proxy() == null
                ? builder.build()
                : builder.proxy(ProxySelector.of(options.proxy())).build();
    }

    @Override
    public String toString() {
        return "TaxonClient" + options.toString().substring("ClientOptions".length());
    }
}

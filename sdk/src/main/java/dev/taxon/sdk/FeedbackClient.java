package dev.taxon.sdk;

import dev.taxon.sdk.wire.Feedback;
import dev.taxon.sdk.wire.Settings;
import dev.taxon.sdk.wire.StoredFeedback;
import dev.taxon.sdk.wire.Verdict;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What people say of answers, and whether it is kept; takes a key of the scope {@code feedback}, the settings one of
 * {@code manage}. Thread-safe. Methods fail with a {@link TaxonException}.
 *
 * <pre>{@code
 * client.feedback().changeSettings(new Settings(true, true, 30));
 * ClassifyResponse answer = client.classify(request);
 * client.feedback().correct(answer.requestId(), 0, List.of("billing"));
 * }</pre>
 */
public final class FeedbackClient {

    private static final String SETTINGS = "/v1/settings";

    private final Calls calls;

    FeedbackClient(Calls calls) {
        this.calls = calls;
    }

    /**
     * Says that a result is right.
     *
     * <pre>{@code client.feedback().accept(answer.requestId(), 0)}</pre>
     *
     * @param index the result's place in the answer, from 0
     */
    public StoredFeedback accept(String requestId, int index) {
        return Futures.await(acceptAsync(requestId, index));
    }

    /**
     * As {@link #accept}.
     *
     * <pre>{@code client.feedback().acceptAsync(answer.requestId(), 0).join()}</pre>
     */
    public CompletableFuture<StoredFeedback> acceptAsync(String requestId, int index) {
        return sendAsync(new Feedback(requestId, index, Verdict.ACCEPTED, null, null));
    }

    /**
     * Says that a result is wrong.
     *
     * <pre>{@code client.feedback().reject(answer.requestId(), 0)}</pre>
     *
     * @param index the result's place in the answer, from 0
     */
    public StoredFeedback reject(String requestId, int index) {
        return Futures.await(rejectAsync(requestId, index));
    }

    /**
     * As {@link #reject}.
     *
     * <pre>{@code client.feedback().rejectAsync(answer.requestId(), 0).join()}</pre>
     */
    public CompletableFuture<StoredFeedback> rejectAsync(String requestId, int index) {
        return sendAsync(new Feedback(requestId, index, Verdict.REJECTED, null, null));
    }

    /**
     * Says what is right instead.
     *
     * <pre>{@code client.feedback().correct(answer.requestId(), 0, List.of("billing"))}</pre>
     *
     * @param index the result's place in the answer, from 0
     * @param labels some of those that were offered
     */
    public StoredFeedback correct(String requestId, int index, List<String> labels) {
        return Futures.await(correctAsync(requestId, index, labels));
    }

    /**
     * As {@link #correct}.
     *
     * <pre>{@code client.feedback().correctAsync(answer.requestId(), 0, List.of("billing")).join()}</pre>
     */
    public CompletableFuture<StoredFeedback> correctAsync(String requestId, int index, List<String> labels) {
        return sendAsync(new Feedback(requestId, index, Verdict.CORRECTED, labels, null));
    }

    /**
     * Says anything of a result, with its text where that was not kept.
     *
     * <pre>{@code client.feedback().send(new Feedback(id, 0, Verdict.CORRECTED, List.of("billing"), text))}</pre>
     */
    public StoredFeedback send(Feedback feedback) {
        return Futures.await(sendAsync(feedback));
    }

    /**
     * As {@link #send}.
     *
     * <pre>{@code client.feedback().sendAsync(feedback).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<StoredFeedback> sendAsync(Feedback feedback) {
        return calls.create("/v1/feedback", feedback, StoredFeedback.class);
    }

    /**
     * What is kept of the tenant's traffic; nothing unless it was turned on.
     *
     * <pre>{@code client.feedback().settings().captureTexts()}</pre>
     */
    public Settings settings() {
        return Futures.await(settingsAsync());
    }

    /**
     * As {@link #settings}.
     *
     * <pre>{@code client.feedback().settingsAsync().thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Settings> settingsAsync() {
        return calls.get(SETTINGS, Settings.class);
    }

    /**
     * Changes what is kept, as a whole.
     *
     * <pre>{@code client.feedback().changeSettings(new Settings(false, true, 30))}</pre>
     */
    public Settings changeSettings(Settings settings) {
        return Futures.await(changeSettingsAsync(settings));
    }

    /**
     * As {@link #changeSettings}.
     *
     * <pre>{@code client.feedback().changeSettingsAsync(new Settings(false, true, 30)).join()}</pre>
     */
    public CompletableFuture<Settings> changeSettingsAsync(Settings settings) {
        return calls.send("PUT", SETTINGS, settings, Settings.class);
    }
}

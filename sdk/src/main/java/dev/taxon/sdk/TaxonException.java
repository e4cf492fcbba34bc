package dev.taxon.sdk;

import dev.taxon.sdk.wire.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Why a call failed. There is one subclass per family of statuses; catch the family, then look at the code. What was waited
 * for and ended badly at the server is a {@link JobFailedException} or {@link DatasetRefusedException}.
 *
 * <pre>{@code
 * try {
 *     client.classify(request);
 * } catch (BadRequestException refused) {
 *     System.err.println(refused.place().orElse("the request") + ": " + refused.getMessage());
 * }
 * }</pre>
 *
 * <p>Neither the message nor any field holds the key or a text that was sent.
 */
public abstract class TaxonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Failure failure;

    TaxonException(Failure failure, @Nullable Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    /**
     * The HTTP status; empty where no answer came.
     *
     * <pre>{@code failure.status().ifPresent(System.err::println)}</pre>
     */
    public OptionalInt status() {
        return failure.status() == 0 ? OptionalInt.empty() : OptionalInt.of(failure.status());
    }

    /**
     * The code as sent; empty where no problem came.
     *
     * <pre>{@code metrics.count(failure.code().orElse("unanswered"))}</pre>
     */
    public Optional<String> code() {
        return Optional.ofNullable(failure.code());
    }

    /**
     * The code as a constant; empty where none came, or one newer than this client.
     *
     * <pre>{@code if (failure.errorCode().equals(Optional.of(ErrorCode.QUOTA_EXCEEDED))) { pause(); }}</pre>
     */
    public Optional<ErrorCode> errorCode() {
        return code().flatMap(ErrorCode::of);
    }

    /**
     * The id of the request, to quote to whoever runs the server; empty where no answer came.
     *
     * <pre>{@code log.warn("Taxon refused request " + failure.requestId().orElse("?"))}</pre>
     */
    public Optional<String> requestId() {
        return Optional.ofNullable(failure.requestId());
    }

    /**
     * Whether the same request may succeed later. The client has used up its own retries when it throws.
     *
     * <pre>{@code if (failure.retryable()) { queue.add(request); }}</pre>
     */
    public boolean retryable() {
        return failure.retryable();
    }

    /**
     * The place in the request that is wrong, {@code inputs[3].adapter}; empty where it is none.
     *
     * <pre>{@code System.err.println(failure.place().orElse("the request") + " is wrong")}</pre>
     */
    public Optional<String> place() {
        return Optional.ofNullable(failure.place());
    }

    /**
     * How long the server asked to wait before the next attempt; empty where it did not.
     *
     * <pre>{@code queue.addLater(request, failure.retryAfter().orElse(Duration.ofMinutes(1)))}</pre>
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(failure.retryAfter());
    }
}

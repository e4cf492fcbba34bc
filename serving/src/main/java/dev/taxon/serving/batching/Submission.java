package dev.taxon.serving.batching;

import dev.taxon.core.Classification;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The rows of one request and the answer they are waiting for. Thread-safe. */
final class Submission {
    private final CompletableFuture<List<Classification>> answer = new CompletableFuture<>();
    private final @Nullable Classification[] results;
    private final AtomicInteger missing;
    private final long arrivedNanos;
    private final Deadline deadline;
    private final SpanContext trace = Span.current().getSpanContext();
    private final Share share;
    private final UnaryOperator<List<Classification>> joined;

    Submission(int rows, Share share, long arrivedNanos, Deadline deadline) {
        this(rows, share, arrivedNanos, deadline, UnaryOperator.identity());
    }

    /**
     * @param rows how many will be delivered
     * @param joined makes the answer of what was delivered, on the thread that delivers the last
     */
    Submission(
            int rows, Share share, long arrivedNanos, Deadline deadline, UnaryOperator<List<Classification>> joined) {
        this.share = share;
        this.joined = joined;
        this.results = new Classification[rows];
        this.missing = new AtomicInteger(rows);
        this.arrivedNanos = arrivedNanos;
        this.deadline = deadline;
    }

    CompletableFuture<List<Classification>> answer() {
        return answer;
    }

    Share share() {
        return share;
    }

    long arrivedNanos() {
        return arrivedNanos;
    }

    Deadline deadline() {
        return deadline;
    }

    /** The span of the request that the rows are of. */
    SpanContext trace() {
        return trace;
    }

    boolean expired(long now) {
        return deadline.passed(now);
    }

    /** True once nobody waits for the rows any more: answered, failed or withdrawn by the caller. */
    boolean over() {
        return answer.isDone();
    }

    void deliver(int index, Classification result) {
        results[index] = result;
        // The counter orders the writes: whoever takes the last one sees all results.
        if (missing.decrementAndGet() == 0) {
            answer.complete(
                    joined.apply(Arrays.stream(results).map(Submission::present).toList()));
        }
    }

    void fail(Throwable cause) {
        answer.completeExceptionally(cause);
    }

    private static Classification present(@Nullable Classification result) {
        if (result == null) {
            throw new IllegalStateException("A row was counted as scored but has no result.");
        }
        return result;
    }
}

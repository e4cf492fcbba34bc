package dev.taxon.serving.batching;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Set;
import java.util.stream.Collectors;

/** The span of a batch, which is of no request alone: it links those of all whose rows share it. */
final class BatchTracing {
    private static final String INSTRUMENTATION = "dev.taxon.serving";

    private BatchTracing() {}

    /** Begins the span; one that records nothing where no request is traced. */
    static Span begin(Batch batch) {
        Set<SpanContext> requests = batch.rows().stream()
                .map(row -> row.submission().trace())
                .filter(SpanContext::isSampled)
                .collect(Collectors.toSet());
        if (requests.isEmpty()) {
            return Span.getInvalid();
        }
        SpanBuilder span = GlobalOpenTelemetry.getTracer(INSTRUMENTATION)
                .spanBuilder("taxon.batch")
                .setNoParent()
                .setAttribute("taxon.rows", batch.rows().size())
                .setAttribute("taxon.tokens", batch.tokens());
        requests.forEach(span::addLink);
        return span.startSpan();
    }
}

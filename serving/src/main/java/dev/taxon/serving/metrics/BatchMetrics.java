package dev.taxon.serving.metrics;

import dev.taxon.serving.batching.BatchListener;
import dev.taxon.serving.batching.BatcherSettings;
import dev.taxon.serving.batching.DynamicBatcher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;

/** Counts and times the batches of one base model, whose name tags every figure. */
public final class BatchMetrics implements BatchListener {
    private final MeterRegistry registry;
    private final Tags base;
    private final Counter rows;
    private final Counter tokens;
    private final Counter failures;
    private final DistributionSummary batchRows;
    private final DistributionSummary batchFill;
    private final int tokenBudget;
    private final Timer forward;
    private final Timer queueWait;

    public BatchMetrics(MeterRegistry registry, String base, BatcherSettings settings) {
        this.registry = registry;
        this.base = MetricNames.ofBase(base);
        this.tokenBudget = settings.tokenBudget();
        this.rows = counter(MetricNames.ROWS, "Rows scored.");
        this.tokens = counter(MetricNames.TOKENS, "Tokens read.");
        this.failures = counter(MetricNames.FAILURES, "Batches whose forward pass failed.");
        this.batchRows = DistributionSummary.builder(MetricNames.BATCH_ROWS)
                .description("Rows of a batch.")
                .tags(this.base)
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
                .register(registry);
        this.batchFill = DistributionSummary.builder(MetricNames.BATCH_FILL)
                .description("Share of the tokens that a batch may have which it had.")
                .tags(this.base)
                .serviceLevelObjectives(0.05, 0.1, 0.25, 0.5, 0.75, 1)
                .register(registry);
        this.forward = timer(registry, MetricNames.FORWARD, "How long a batch kept the device busy.", this.base);
        this.queueWait = timer(registry, MetricNames.QUEUE_WAIT, "How long a row waited for the device.", this.base);
    }

    /** Shows the length of this batcher's queue from now on. */
    public void watch(DynamicBatcher batcher) {
        Gauge.builder(MetricNames.QUEUE_ROWS, batcher, DynamicBatcher::waitingRows)
                .description("Rows waiting for the device.")
                .tags(base)
                .register(registry);
    }

    @Override
    public void started(List<Duration> waits) {
        waits.forEach(queueWait::record);
    }

    @Override
    public void scored(int scoredRows, long scoredTokens, Duration busy) {
        rows.increment(scoredRows);
        tokens.increment(scoredTokens);
        batchRows.record(scoredRows);
        batchFill.record((double) scoredTokens / tokenBudget);
        forward.record(busy);
    }

    @Override
    public void failed(int failedRows, Throwable failure) {
        failures.increment();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).tags(base).register(registry);
    }

    static Timer timer(MeterRegistry registry, String name, String description, Tags tags) {
        return Timer.builder(name)
                .tags(tags)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
    }
}

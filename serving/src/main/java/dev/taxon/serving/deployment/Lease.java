package dev.taxon.serving.deployment;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A node's permission to answer with adapters: it ends by itself when the node has not read the deployments for too long
 * (ADR 15). Thread-safe.
 */
final class Lease {
    /** Shorter than the silence after which others take a node for dead. */
    static final Duration LENGTH = Duration.ofSeconds(4);

    private final LongSupplier monotonicNanos;
    private final LongSupplier wallMillis;
    private volatile Start start = Start.NEVER;

    Lease(LongSupplier monotonicNanos, LongSupplier wallMillis) {
        this.monotonicNanos = monotonicNanos;
        this.wallMillis = wallMillis;
    }

    /** A lease on this machine's clocks. */
    static Lease onSystemClocks() {
        return new Lease(System::nanoTime, System::currentTimeMillis);
    }

    /** A moment on both clocks. */
    record Start(boolean given, long nanos, long millis) {
        static final Start NEVER = new Start(false, 0, 0);
    }

    /** Now, to be taken before the read that the lease is given for. */
    Start now() {
        return new Start(true, monotonicNanos.getAsLong(), wallMillis.getAsLong());
    }

    /** Holds from that moment on, which must be later than the one before. */
    void renew(Start from) {
        start = from;
    }

    void end() {
        start = Start.NEVER;
    }

    /** Whether the node may answer now. */
    boolean held() {
        return held(start);
    }

    /** Whether a lease from that moment on would still hold. */
    boolean held(Start from) {
        long passedMillis = wallMillis.getAsLong() - from.millis();
        return from.given()
                && monotonicNanos.getAsLong() - from.nanos() < LENGTH.toNanos()
                && passedMillis < LENGTH.toMillis()
                && passedMillis > -LENGTH.toMillis();
    }
}

package dev.taxon.serving.deployment;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Tells living nodes from dead ones by whether their beats go on, as seen from here: by this node's monotonic clock alone,
 * as the clocks of others, and the wall's, may jump. Thread-safe.
 */
@Singleton
final class NodeWatch {
    /** Longer than a node's lease, by what a read may take to be seen. */
    static final Duration SILENCE_OF_THE_DEAD = Duration.ofSeconds(5);

    private static final Duration SILENCE_OF_THE_GONE = Duration.ofMinutes(1);

    private final LongSupplier monotonicNanos;
    private final Map<UUID, Seen> seen = new ConcurrentHashMap<>();

    @Inject
    NodeWatch() {
        this(System::nanoTime);
    }

    NodeWatch(LongSupplier monotonicNanos) {
        this.monotonicNanos = monotonicNanos;
    }

    private record Seen(long beat, long sinceNanos) {}

    /** Notes beats that were read just now. */
    void saw(List<NodeRows.Beat> beats) {
        beats.forEach(this::silence);
    }

    /** Those of the beats, read just now, whose nodes must be reckoned with. */
    List<NodeRows.Beat> living(List<NodeRows.Beat> beats) {
        return beats.stream()
                .filter(beat -> silence(beat).compareTo(SILENCE_OF_THE_DEAD) < 0)
                .toList();
    }

    /** Those that have been silent for so long that their rows may go. */
    List<NodeRows.Beat> gone(List<NodeRows.Beat> beats) {
        seen.keySet().retainAll(beats.stream().map(NodeRows.Beat::node).toList());
        return beats.stream()
                .filter(beat -> silence(beat).compareTo(SILENCE_OF_THE_GONE) > 0)
                .toList();
    }

    /** How long the beat has been the same. */
    private Duration silence(NodeRows.Beat beat) {
        long now = monotonicNanos.getAsLong();
        Seen last = seen.merge(
                beat.node(),
                new Seen(beat.beat(), now),
                (known, fresh) -> known.beat() == fresh.beat() ? known : fresh);
        return Duration.ofNanos(now - last.sinceNanos());
    }
}

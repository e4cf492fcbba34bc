package dev.taxon.serving.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.QuotaLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");

    private static final UUID TENANT = UUID.randomUUID();

    private final SharedWindows shared = new SharedWindows();

    @Test
    void asksForTwentyLeasesAWindowAndNoMore() {
        Window window = node(1_000);

        int taken = takeUntilRefused(window);

        assertThat(taken).isEqualTo(1_000);
        assertThat(shared.asked()).isEqualTo(20);
        assertThat(window.take(1)).isFalse();
        assertThat(shared.asked())
                .as("a window that is used up is not asked for again")
                .isEqualTo(20);
    }

    @Test
    void leasesAtLeastWhatTheRequestNeeds() {
        Window window = node(1_000);

        assertThat(window.take(700)).isTrue();

        assertThat(shared.asked()).isEqualTo(1);
        assertThat(window.remaining(START).left()).isEqualTo(300);
    }

    @Test
    void refusesWhatDoesNotFitAndServesWhatDoes() {
        Window window = node(100);

        assertThat(window.take(101)).isFalse();
        assertThat(window.take(100)).isTrue();
        assertThat(window.take(1)).isFalse();
    }

    @Test
    void takesNothingWhereNothingIsAllowed() {
        assertThat(node(0).take(1)).isFalse();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        Window window = node(10);
        window.take(10);

        window.giveBack(4);

        assertThat(window.take(4)).isTrue();
        assertThat(window.take(1)).isFalse();
    }

    @Test
    void tellsUntilWhenToWait() {
        Remaining remaining = node(10).remaining(START.plusSeconds(18));

        assertThat(remaining.reset()).isEqualTo(Duration.ofSeconds(42));
        assertThat(remaining.item()).isEqualTo("\"texts_per_minute\";r=10;t=42");
        assertThat(remaining.policy()).isEqualTo("\"texts_per_minute\";q=10;w=60");
        assertThat(node(10).remaining(START.plusSeconds(90)).reset()).isEqualTo(Duration.ZERO);
    }

    @Test
    void manyThreadsOfTwoNodesNeverTakeMoreThanTheLimit() throws Exception {
        long limit = 10_000;
        List<Window> nodes = List.of(node(limit), node(limit));
        ExecutorService threads = Executors.newFixedThreadPool(16);

        List<CompletableFuture<Integer>> runs = IntStream.range(0, 16)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> takeUntilRefused(nodes.get(i % 2)), threads))
                .toList();
        int taken = runs.stream().mapToInt(CompletableFuture::join).sum();
        threads.shutdown();

        assertThat(taken).isEqualTo((int) limit);
        assertThat(shared.asked()).isLessThanOrEqualTo(22);
    }

    @Test
    void windowsOfAllNodesBeginTogether() {
        Instant late = Instant.parse("2026-11-25T10:00:59.999Z");

        assertThat(Stream.of(START, late).map(Allowance.TEXTS_PER_MINUTE::start))
                .containsOnly(START);
        assertThat(Allowance.TEXTS_PER_DAY.start(late)).isEqualTo("2026-11-25T00:00:00Z");
    }

    /** Whatever nodes forget, what was taken of a window is known for as long as anybody may come back to it. */
    @Test
    void aClockThatJumpsBackFillsNoWindowAgain() {
        SettableClock clock = new SettableClock(START.plusSeconds(5));
        Windows windows = new Windows(shared, clock);
        assertThat(takeUntilRefused(current(windows))).isEqualTo(100);

        clock.now = START;
        assertThat(current(windows).take(1)).as("the same window").isFalse();
        clock.now = START.plusSeconds(60);
        assertThat(takeUntilRefused(current(windows))).isEqualTo(100);
        for (Duration jump : List.of(Duration.ofSeconds(90), Duration.ofHours(25), Duration.ofDays(400))) {
            clock.now = START.minus(jump);
            current(windows).take(30);
            for (Instant used : List.of(START, START.plusSeconds(119))) {
                clock.now = used;
                assertThat(current(windows).take(1)).as(used + " after " + jump).isFalse();
            }
            clock.now = START.minus(jump);
            assertThat(takeUntilRefused(current(windows))).as("the rest").isEqualTo(70);
        }
    }

    private static Window current(Windows windows) {
        return windows.current(
                        TENANT, QuotaLimits.builder().textsPerMinute(100L).build())
                .get(0)
                .window();
    }

    private Window node(long limit) {
        return new Window(UUID.randomUUID(), Allowance.TEXTS_PER_MINUTE, START, limit, shared);
    }

    private static int takeUntilRefused(Window window) {
        int taken = 0;
        while (window.take(1)) {
            taken++;
        }
        return taken;
    }

    /** What nodes share, in memory. */
    private static final class SharedWindows implements LeaseSource {
        private final Map<Instant, Long> takenByStart = new HashMap<>();
        private int asked;

        @Override
        public synchronized Lease take(UUID tenant, Allowance allowance, Instant start, long wanted, long limit) {
            asked++;
            long unclaimed = limit - takenByStart.getOrDefault(start, 0L);
            long granted = Math.min(wanted, unclaimed);
            takenByStart.merge(start, granted, Long::sum);
            return new Lease(granted, unclaimed - granted);
        }

        synchronized int asked() {
            return asked;
        }
    }

    private static final class SettableClock extends Clock {
        private Instant now;

        SettableClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

package dev.taxon.serving.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class JobClaimsIT extends QueueTest {
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    @Test
    void aTenantsJobsComeInTheOrderTheyWereAskedForIn() {
        List<UUID> asked = List.of(enqueue(acme), enqueue(acme), enqueue(acme));

        List<UUID> got =
                Stream.generate(this::attempt).limit(3).map(Attempt::job).toList();

        assertThat(got).isEqualTo(asked);
        assertThat(claim()).isEmpty();
    }

    @Test
    void aTenantWithOneJobDoesNotWaitForAllOfAnothers() {
        List<UUID> many =
                IntStream.range(0, 5).mapToObj(number -> enqueue(acme)).toList();
        UUID one = enqueue(globex);

        List<UUID> order = new ArrayList<>();
        for (Optional<Claim> next = claim(); next.isPresent(); next = claim()) {
            order.add(next.get().attempt().job());
            held.enter(next.get().attempt(), new JobState.Running().succeed(NOTHING));
        }

        assertThat(order).startsWith(many.get(0), one).hasSize(6);
    }

    @Test
    void aTenantThatHasNoneUnderWayIsBeforeOneThatHas() {
        enqueue(acme);
        enqueue(acme);
        attempt();
        UUID others = enqueue(globex);

        assertThat(attempt().job()).isEqualTo(others);
    }

    @Test
    void manyWorkersGetDifferentJobs() {
        List<UUID> asked = IntStream.range(0, 12)
                .mapToObj(number -> enqueue(number % 2 == 0 ? acme : globex))
                .toList();

        List<UUID> got = IntStream.range(0, 6)
                .mapToObj(worker -> CompletableFuture.supplyAsync(() -> all(UUID.randomUUID())))
                .toList()
                .stream()
                .flatMap(found -> found.join().stream())
                .toList();

        assertThat(got).containsExactlyInAnyOrderElementsOf(asked);
    }

    private List<UUID> all(UUID worker) {
        List<UUID> found = new ArrayList<>();
        for (int empty = 0; empty < 3; ) {
            Optional<Claim> next = claims.claim(worker, Lane.HEAVY);
            next.ifPresent(claim -> found.add(claim.attempt().job()));
            empty += next.isEmpty() ? 1 : 0;
        }
        return found;
    }

    @Test
    void whatASilentWorkerHeldIsTakenUpBeforeAnythingNew() {
        UUID job = enqueue(acme);
        Attempt first = attempt();
        enqueue(globex);
        silence(first);

        assertThat(attempt()).isEqualTo(new Attempt(acme, job, 2));
    }

    @Test
    void whatAWorkerIsStillAtIsNotTaken() {
        enqueue(acme);
        Attempt first = attempt();
        silence(first);
        claims.beat(first);

        assertThat(claim()).isEmpty();
    }

    @Test
    void anAttemptThatWasTakenOverWritesNothing() {
        enqueue(acme);
        Attempt first = attempt();
        silence(first);
        Attempt second = attempt();

        assertThatThrownBy(() -> claims.beat(first)).isInstanceOf(StaleAttemptException.class);
        assertThatThrownBy(() -> held.enter(first, new JobState.Queued().takeUp()))
                .isInstanceOf(StaleAttemptException.class);
        assertThatThrownBy(() -> held.tell(first, "step", NOTHING)).isInstanceOf(StaleAttemptException.class);
        assertThatThrownBy(() -> held.progress(first, NOTHING, null)).isInstanceOf(StaleAttemptException.class);
        assertThatThrownBy(() -> transactions.run(acme, () -> held.requireHeld(first)))
                .isInstanceOf(StaleAttemptException.class);
        assertThatCode(() -> transactions.run(acme, () -> held.requireHeld(second)))
                .doesNotThrowAnyException();
        assertThat(jobs.events(acme, first.job(), 0, 10)).isEmpty();
    }

    @Test
    void aCancelledJobIsNobodysAtOnce() {
        UUID job = enqueue(acme);
        Attempt attempt = attempt();

        assertThat(transactions.in(acme, () -> jobs.cancel(job)).orElseThrow().state())
                .isEqualTo("cancelled");

        assertThatThrownBy(() -> claims.beat(attempt)).isInstanceOf(StaleAttemptException.class);
        silence(attempt);
        assertThat(claim()).isEmpty();
    }

    @Test
    void othersCancelNothing() {
        UUID job = enqueue(acme);

        assertThat(transactions.in(globex, () -> jobs.cancel(job))).isEmpty();
        assertThat(jobs.find(globex, job)).isEmpty();
        assertThat(attempt().job()).isEqualTo(job);
    }

    @Test
    void threeAttemptsThatGetNowhereAreEnough() {
        enqueue(acme);
        List<Boolean> hopeless = new ArrayList<>();
        for (int attempt = 0; attempt < 4; attempt++) {
            Claim claim = claim().orElseThrow();
            hopeless.add(claim.hopeless());
            silence(claim.attempt());
        }

        assertThat(hopeless).containsExactly(false, false, false, true);
    }

    @Test
    void whatIsGivenBackInOrderCostsNoPatience() {
        enqueue(acme);
        for (int attempt = 0; attempt < 5; attempt++) {
            Claim claim = claim().orElseThrow();
            assertThat(claim.hopeless()).isFalse();
            held.enter(claim.attempt(), new JobState.Running().giveBack());
        }
    }

    @Test
    void wordOfWorkWakesWhoeverListens() {
        try (WorkListener listener = new WorkListener(dataSource)) {
            listener.await(Duration.ofMillis(1));
            CompletableFuture<Void> woken = CompletableFuture.runAsync(() -> listener.await(Duration.ofMinutes(5)));
            enqueue(acme);

            assertThat(woken).succeedsWithin(Duration.ofSeconds(20));
        }
    }
}

package dev.taxon.cli.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.cli.supervise.FakeService.FakeRun;
import dev.taxon.cli.supervise.ServiceState.Running;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SupervisorTest {
    private static final RestartPolicy POLICY = new RestartPolicy(
            Duration.ofSeconds(1), Duration.ofSeconds(30), 5, 2, Duration.ofSeconds(60), Duration.ofSeconds(120));

    private final List<String> diary = new CopyOnWriteArrayList<>();
    private final FakeTime time = new FakeTime(POLICY);
    private final BlockingQueue<ServiceState> states = new LinkedBlockingQueue<>();
    private final FakeService database = new FakeService("database", diary, false);
    private final FakeService server = new FakeService("server", diary, false);

    @Test
    void startsInOrderAndStopsInReverse() {
        Supervisor supervisor = supervisor(database, server);
        assertThat(supervisor.start()).isTrue();
        supervisor.stop();
        assertThat(diary).containsExactly("start database", "start server", "stop server", "stop database");
        assertThat(supervisor.awaitEnd()).isEmpty();
    }

    @Test
    void startsAgainWhatDiedAndLeavesTheOthersAlone() throws InterruptedException {
        Supervisor supervisor = supervisor(database, server);
        supervisor.start();
        nextRunOf(server).die("killed");
        nextRunOf(server);
        supervisor.stop();
        assertThat(diary)
                .containsExactly("start database", "start server", "start server", "stop server", "stop database");
        assertThat(time.pauses).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void givesUpWithASentenceAfterDeathsInARow() throws InterruptedException {
        Supervisor supervisor = supervisor(database, server);
        supervisor.start();
        for (int death = 1; death <= 5; death++) {
            nextRunOf(server).die("exit status 1");
        }
        assertThat(supervisor.awaitEnd())
                .isEqualTo("The server ended 5 times in a row and is not started again: exit status 1");
        assertThat(time.pauses)
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
        supervisor.stop();
        assertThat(diary).last().isEqualTo("stop database");
    }

    @Test
    void forgetsDeathsAfterASteadyRun() throws InterruptedException {
        Supervisor supervisor = supervisor(database);
        supervisor.start();
        for (int death = 1; death <= 12; death++) {
            FakeRun run = nextRunOf(database);
            awaitRunning();
            time.pass(POLICY.steady());
            run.die("killed");
        }
        awaitRunning();
        supervisor.stop();
        assertThat(time.pauses).hasSize(12).containsOnly(Duration.ofSeconds(1));
    }

    @Test
    void doesNotStartWhatBuildsOnAServiceThatNeverRan() {
        Supervisor supervisor = supervisor(new FakeService("database", diary, true), server);
        assertThat(supervisor.start()).isFalse();
        assertThat(supervisor.awaitEnd()).contains("database", "2 times", "dead on arrival");
        supervisor.stop();
        assertThat(diary).containsExactly("start database", "start database");
    }

    @Test
    void startsNothingAfterAStop() {
        Supervisor supervisor = supervisor(database);
        supervisor.stop();
        assertThat(supervisor.start()).isFalse();
        assertThat(diary).isEmpty();
    }

    @Test
    void aStopThatFailsKeepsNobodyWaiting() {
        Supervisor supervisor = supervisor(database, server);
        supervisor.start();
        server.stopFailure = "the note cannot be deleted";
        supervisor.stop();
        assertThat(diary).containsExactly("start database", "start server", "stop server", "stop database");
        assertThat(supervisor.awaitEnd())
                .isEqualTo("The server cannot be looked after any more: the note cannot be deleted");
    }

    @Test
    void aFailureOverADeadServiceEndsTheWaitForIt() throws InterruptedException {
        Supervisor supervisor = supervisor(database, server);
        supervisor.start();
        server.stopFailure = "the note cannot be deleted";
        nextRunOf(server).die("killed");
        assertThat(supervisor.awaitEnd()).contains("server", "the note cannot be deleted");
        supervisor.stop();
        assertThat(diary).last().isEqualTo("stop database");
    }

    @Test
    void aListenerThatFailsDoesNotLeaveAProcessBehind() {
        Supervisor supervisor = new Supervisor(List.of(database), POLICY, time, (service, state) -> {
            if (state instanceof Running) {
                throw new IllegalStateException("the terminal is gone");
            }
        });
        supervisor.start();
        assertThat(supervisor.awaitEnd()).contains("database", "the terminal is gone");
        assertThat(diary).containsExactly("start database", "stop database");
    }

    @Test
    void aStopBreaksOffAStartThatDoesNotEnd() throws InterruptedException {
        CountDownLatch starting = new CountDownLatch(1);
        Service endless = new Service() {
            @Override
            public String name() {
                return "database";
            }

            @Override
            public Run start() throws InterruptedException {
                starting.countDown();
                new CountDownLatch(1).await();
                throw new AssertionError("nobody counts it down");
            }
        };
        Supervisor supervisor = supervisor(endless, server);
        CompletableFuture<Boolean> started = CompletableFuture.supplyAsync(supervisor::start);
        starting.await();
        supervisor.stop();
        assertThat(started.join()).isFalse();
        assertThat(supervisor.awaitEnd()).isEmpty();
        assertThat(diary).isEmpty();
    }

    private Supervisor supervisor(Service... services) {
        return new Supervisor(List.of(services), POLICY, time, (service, state) -> states.add(state));
    }

    private void awaitRunning() throws InterruptedException {
        ServiceState state = states.poll(10, TimeUnit.SECONDS);
        while (state != null && !(state instanceof Running)) {
            state = states.poll(10, TimeUnit.SECONDS);
        }
        assertThat(state).isInstanceOf(Running.class);
    }

    private static FakeRun nextRunOf(FakeService service) throws InterruptedException {
        FakeRun run = service.runs.poll(10, TimeUnit.SECONDS);
        assertThat(run).isNotNull();
        return run;
    }
}

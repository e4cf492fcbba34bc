package dev.taxon.cli.supervise;

import dev.taxon.cli.supervise.Service.Run;
import dev.taxon.cli.supervise.ServiceState.GivenUp;
import dev.taxon.cli.supervise.ServiceState.Lost;
import dev.taxon.cli.supervise.ServiceState.Pausing;
import dev.taxon.cli.supervise.ServiceState.Running;
import dev.taxon.cli.supervise.ServiceState.Starting;
import dev.taxon.cli.supervise.ServiceState.Stopped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps one service running until told to stop; the body of a thread of its own. */
final class ServiceKeeper implements Runnable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final Service service;
    private final InterruptibleStart start;
    private final RestartPolicy policy;
    private final Timekeeper time;
    private final ServiceListener listener;
    private final CompletableFuture<Void> stopOrder = new CompletableFuture<>();
    private final CompletableFuture<ServiceState> settled = new CompletableFuture<>();
    private final CompletableFuture<ServiceState> over = new CompletableFuture<>();
    private @Nullable Run run;

    ServiceKeeper(Service service, RestartPolicy policy, Timekeeper time, ServiceListener listener) {
        this.service = service;
        this.start = new InterruptibleStart(service);
        this.policy = policy;
        this.time = time;
        this.listener = listener;
    }

    /** Completes with the first state that is not a beginning: running, given up, lost or stopped. */
    CompletableFuture<ServiceState> settled() {
        return settled;
    }

    /** Completes with the last state: given up, lost or stopped. */
    CompletableFuture<ServiceState> over() {
        return over;
    }

    String name() {
        return service.name();
    }

    void orderStop() {
        stopOrder.complete(null);
        start.breakOff();
    }

    /** Whatever happens, {@link #settled} and {@link #over} complete: others wait for them without end. */
    @Override
    public void run() {
        try {
            over.complete(untilTheEnd());
        } catch (RuntimeException | Error fault) {
            Lost lost = new Lost(Faults.reason(fault));
            stopDespite(fault);
            settled.complete(lost);
            over.complete(lost);
        }
    }

    private ServiceState untilTheEnd() {
        ServiceState state = new Starting(false, 0, time.now());
        tell(state);
        while (!isLast(state)) {
            ServiceState next = nextOrStopped(state);
            if (next != state) {
                tell(next);
            }
            state = next;
        }
        return state;
    }

    private void stopDespite(Throwable fault) {
        try {
            stopRun();
        } catch (RuntimeException | Error again) {
            fault.addSuppressed(again);
        }
    }

    private static boolean isLast(ServiceState state) {
        return state instanceof Stopped || state instanceof GivenUp;
    }

    private void tell(ServiceState state) {
        if (state instanceof Running || isLast(state)) {
            settled.complete(state);
        }
        listener.changed(service.name(), state);
    }

    private ServiceState nextOrStopped(ServiceState state) {
        try {
            return next(state);
        } catch (InterruptedException interrupted) {
            stopRun();
            return state.stop();
        }
    }

    private ServiceState next(ServiceState state) throws InterruptedException {
        if (stopOrder.isDone()) {
            stopRun();
            return state.stop();
        }
        if (state instanceof Starting starting) {
            return begin(starting);
        }
        if (state instanceof Running running) {
            return watch(running);
        }
        if (state instanceof Pausing pausing) {
            time.await(stopOrder, pausing.pause());
            return stopOrder.isDone() ? pausing : pausing.resume(time.now());
        }
        return state;
    }

    private ServiceState begin(Starting starting) throws InterruptedException {
        Run begun;
        try {
            begun = start.start();
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception failed) {
            return stopOrder.isDone() ? starting : starting.died(Faults.reason(failed), policy);
        }
        run = begun;
        return awaitReady(begun, starting);
    }

    private ServiceState awaitReady(Run begun, Starting starting) throws InterruptedException {
        while (!stopOrder.isDone()) {
            if (begun.ended().isDone()) {
                // What belongs to the process that is gone, such as a lock, goes too.
                begun.stop();
                return starting.died(begun.ended().join(), policy);
            }
            if (begun.ready()) {
                return starting.ready(time.now());
            }
            if (time.now().minus(starting.since()).compareTo(policy.readyWithin()) > 0) {
                stopRun();
                return starting.died("it was not ready in time", policy);
            }
            time.await(CompletableFuture.anyOf(begun.ended(), stopOrder), POLL);
        }
        return starting;
    }

    private ServiceState watch(Running running) throws InterruptedException {
        Run watched = run;
        if (watched == null) {
            throw new IllegalStateException("a running service has a run");
        }
        CompletableFuture<?> event = CompletableFuture.anyOf(watched.ended(), stopOrder);
        while (!event.isDone()) {
            time.await(event, policy.steady());
        }
        if (stopOrder.isDone()) {
            return running;
        }
        watched.stop();
        return running.died(watched.ended().join(), time.now(), policy);
    }

    private void stopRun() {
        if (run != null) {
            run.stop();
        }
    }
}

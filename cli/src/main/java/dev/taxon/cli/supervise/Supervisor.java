package dev.taxon.cli.supervise;

import dev.taxon.cli.supervise.ServiceState.GivenUp;
import dev.taxon.cli.supervise.ServiceState.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs services that build on one another: each is started when the one before it does its work, and they are stopped
 * in reverse order. Thread-safe; {@link #stop} may be called at any time, also during {@link #start}.
 */
public final class Supervisor {
    private final List<ServiceKeeper> keepers;
    private final List<ServiceKeeper> started = new ArrayList<>();
    private boolean stopping;

    public Supervisor(List<Service> services, RestartPolicy policy, Timekeeper time, ServiceListener listener) {
        this.keepers = services.stream()
                .map(service -> new ServiceKeeper(service, policy, time, listener))
                .toList();
    }

    /** Starts all in order and returns when all do their work; false when one was given up or a stop came between. */
    public boolean start() {
        for (ServiceKeeper keeper : keepers) {
            if (!launch(keeper) || !(keeper.settled().join() instanceof Running)) {
                return false;
            }
        }
        return true;
    }

    private synchronized boolean launch(ServiceKeeper keeper) {
        if (stopping) {
            return false;
        }
        started.add(keeper);
        new Thread(keeper, "keeper-" + keeper.name()).start();
        return true;
    }

    /** Waits until a service has been given up or all were stopped; the sentence that says so, empty after a stop. */
    public String awaitEnd() {
        CompletableFuture<?>[] ends = keepers.stream().map(ServiceKeeper::over).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.anyOf(ends).join();
        return keepers.stream()
                .filter(keeper -> keeper.over().isDone())
                .filter(keeper -> keeper.over().join() instanceof GivenUp)
                .map(Supervisor::sentence)
                .findFirst()
                .orElse("");
    }

    private static String sentence(ServiceKeeper keeper) {
        GivenUp end = (GivenUp) keeper.over().join();
        return "The " + keeper.name() + " ended " + end.deathsInARow() + " times in a row and is not started again: "
                + end.reason();
    }

    /** Stops all in reverse order and returns when every process is gone. */
    public void stop() {
        for (ServiceKeeper keeper : takeStarted()) {
            keeper.orderStop();
            keeper.over().join();
        }
    }

    private synchronized List<ServiceKeeper> takeStarted() {
        stopping = true;
        List<ServiceKeeper> reversed = new ArrayList<>(started);
        java.util.Collections.reverse(reversed);
        return reversed;
    }
}

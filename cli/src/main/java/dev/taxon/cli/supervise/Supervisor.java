package dev.taxon.cli.supervise;

import dev.taxon.cli.supervise.ServiceState.GivenUp;
import dev.taxon.cli.supervise.ServiceState.Lost;
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

    /** Starts all in order; true once all do their work, false when one was given up or lost or a stop came between. */
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

    /** Waits until a service has been given up or lost, or all were stopped; why it ended, empty after a stop. */
    public String awaitEnd() {
        CompletableFuture<?>[] ends = keepers.stream().map(ServiceKeeper::over).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.anyOf(ends).join();
        return keepers.stream()
                .filter(keeper -> keeper.over().isDone())
                .map(keeper -> sentence(keeper.name(), keeper.over().join()))
                .filter(sentence -> !sentence.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String sentence(String service, ServiceState end) {
        if (end instanceof GivenUp givenUp) {
            return "The " + service + " ended " + givenUp.deathsInARow() + " times in a row and is not started again: "
                    + givenUp.reason();
        }
        if (end instanceof Lost lost) {
            return "The " + service + " cannot be looked after any more: " + lost.reason();
        }
        return "";
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

package dev.taxon.cli.supervise;

import org.jspecify.annotations.Nullable;

/** Starts a service in a way that an order from another thread can break off. Thread-safe. */
final class InterruptibleStart {
    private final Service service;
    private boolean brokenOff;
    private @Nullable Thread starter;

    InterruptibleStart(Service service) {
        this.service = service;
    }

    /** Starts the service on this thread; an {@link InterruptedException} when a break-off came before or between. */
    Service.Run start() throws Exception {
        enter();
        try {
            return service.start();
        } finally {
            leave();
        }
    }

    /** Interrupts a start that goes on; none can begin any more. */
    synchronized void breakOff() {
        brokenOff = true;
        if (starter != null) {
            starter.interrupt();
        }
    }

    private synchronized void enter() throws InterruptedException {
        if (brokenOff) {
            throw new InterruptedException("broken off before the start");
        }
        starter = Thread.currentThread();
    }

    private synchronized void leave() {
        starter = null;
        if (brokenOff) {
            // Meant for the start alone: what follows is the orderly stop, which waits for processes to end.
            Thread.interrupted();
        }
    }
}

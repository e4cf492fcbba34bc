package dev.taxon.serving.deployment;

import java.time.Duration;

/** The requests that a deployment was given to and that are not answered yet. Thread-safe. */
final class Uses {
    private int open;
    private boolean retired;
    private volatile boolean revoked;

    /** Begins a use; false once the deployment is no more to be given out. */
    synchronized boolean enter() {
        if (!retired) {
            open++;
        }
        return !retired;
    }

    /** Ends a use that had begun. */
    synchronized void leave() {
        open--;
        notifyAll();
    }

    /** Whether those that have it may not answer by it any more. */
    boolean revoked() {
        return revoked;
    }

    /** Gives it to nobody any more, waits for those that have it, and revokes what is left of these. */
    synchronized void retire(Duration patience) {
        retired = true;
        long end = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        for (long left = patience.toMillis(); open > 0 && left > 0 && !interrupted; ) {
            try {
                wait(left);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                interrupted = true;
            }
            left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        }
        revoked = open > 0;
    }

    /** Gives it to nobody any more, and revokes it at once. */
    synchronized void revoke() {
        retired = true;
        revoked = true;
    }

    /** Gives it to nobody any more, if nobody has it now. */
    synchronized boolean retireIdle() {
        retired = retired || open == 0;
        return open == 0;
    }
}

package dev.taxon.cli.up;

import dev.taxon.cli.console.CommandFailure;
import dev.taxon.cli.data.DataFolder;
import java.io.IOException;

/**
 * Makes SIGINT, SIGTERM and SIGHUP stop everything in order and end this process with status 0. A second Ctrl-C while
 * that goes on changes nothing.
 */
final class OrderlyStop implements AutoCloseable {
    private final Thread hook;

    private OrderlyStop(Thread hook) {
        this.hook = hook;
    }

    static OrderlyStop onSignal(Runnable stop, DataFolder data) {
        Thread hook = new Thread(() -> {
            stop.run();
            close(data);
            // Past the other hooks and the wrapped exit status of the signal: this end is the wanted one.
            Runtime.getRuntime().halt(0);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        return new OrderlyStop(hook);
    }

    private static void close(DataFolder data) {
        try {
            data.close();
        } catch (IOException alreadyGone) {
            return;
        }
    }

    /** The failure that ends this process; waits forever when it is ending by a signal anyway. */
    CommandFailure failure(String reason) throws InterruptedException {
        if (reason.isEmpty()) {
            hook.join();
        }
        return new CommandFailure(reason);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingBySignal) {
            return;
        }
    }
}

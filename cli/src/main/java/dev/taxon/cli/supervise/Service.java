package dev.taxon.cli.supervise;

import java.util.concurrent.CompletableFuture;

/** Something that runs as a process of its own and can be started as often as it dies. */
public interface Service {
    String name();

    /** Starts it; a failure counts as a death, and its message is the reason. */
    Run start() throws Exception;

    /** One life of a service. */
    interface Run {
        /** Whether it does its work yet; asked again and again until it does. */
        boolean ready();

        /** Completes when its process has ended; with the reason, as a sentence part. */
        CompletableFuture<String> ended();

        /** Stops it and waits until its process is gone; does nothing when it already is. */
        void stop();
    }
}

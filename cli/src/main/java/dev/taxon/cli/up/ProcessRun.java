package dev.taxon.cli.up;

import dev.taxon.cli.supervise.Service.Run;
import dev.taxon.serving.postgres.Tether;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A child process that answers over HTTP. */
record ProcessRun(Process process, Tether tether, HealthProbe health, Path log) implements Run {
    @Override
    public boolean ready() {
        return health.healthy();
    }

    @Override
    public CompletableFuture<String> ended() {
        return process.onExit().thenApply(ended -> "exit status " + ended.exitValue() + ", its log is " + log + ".");
    }

    @Override
    public void stop() {
        tether.pull();
        process.onExit().join();
    }
}

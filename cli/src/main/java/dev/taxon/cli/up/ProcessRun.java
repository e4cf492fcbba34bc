package dev.taxon.cli.up;

import dev.taxon.cli.supervise.Service.Run;
import dev.taxon.serving.postgres.Tether;
import java.util.concurrent.CompletableFuture;

/** A child process that answers over HTTP. */
record ProcessRun(Process process, Tether tether, HealthProbe health, LogMark log) implements Run {
    @Override
    public boolean ready() {
        return health.healthy();
    }

    @Override
    public CompletableFuture<String> ended() {
        return process.onExit().thenApply(ended -> reason(ended.exitValue()));
    }

    private String reason(int status) {
        String cause = log.lastCause();
        String facts = "exit status " + status + "; its log is " + log.log();
        return cause.isEmpty() ? facts + "." : cause + " (" + facts + ".)";
    }

    @Override
    public void stop() {
        tether.pull();
        process.onExit().join();
    }
}

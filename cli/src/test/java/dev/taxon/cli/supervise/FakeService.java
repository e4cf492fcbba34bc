package dev.taxon.cli.supervise;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A service whose lives a test directs. */
final class FakeService implements Service {
    private final String name;
    private final List<String> diary;
    private final boolean startsDead;
    final BlockingQueue<FakeRun> runs = new LinkedBlockingQueue<>();
    /** Set before a stop that is to fail with this message. */
    volatile @Nullable String stopFailure;

    FakeService(String name, List<String> diary, boolean startsDead) {
        this.name = name;
        this.diary = diary;
        this.startsDead = startsDead;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Run start() {
        diary.add("start " + name);
        FakeRun run = new FakeRun();
        if (startsDead) {
            run.die("dead on arrival");
        }
        runs.add(run);
        return run;
    }

    final class FakeRun implements Run {
        private final CompletableFuture<String> ended = new CompletableFuture<>();

        void die(String reason) {
            ended.complete(reason);
        }

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public CompletableFuture<String> ended() {
            return ended;
        }

        @Override
        public void stop() {
            if (ended.complete("stopped")) {
                diary.add("stop " + name);
            }
            String failure = stopFailure;
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
        }
    }
}

package dev.taxon.serving.deployment;

import dev.taxon.serving.batching.Deadline;
import dev.taxon.serving.batching.OverloadedException;
import dev.taxon.serving.batching.Ticker;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.CurrentDeadline;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Waits until no node can answer by what was before a change (ADR 15). Blocks. Thread-safe. */
@Singleton
final class Settlement {
    private static final Duration LOOK = Duration.ofMillis(15);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final TenantTransactions transactions;
    private final NodeWatch watch;
    private final CurrentDeadline deadline;
    private final Ticker ticker;

    Settlement(TenantTransactions transactions, NodeWatch watch, CurrentDeadline deadline, Ticker ticker) {
        this.transactions = transactions;
        this.watch = watch;
        this.deadline = deadline;
        this.ticker = ticker;
    }

    /**
     * Comes back when every living node answers by this generation of the adapter or a later one.
     *
     * @throws OverloadedException when that takes too long, or longer than the current call's deadline; the change stands, and asking for it again waits again
     */
    void await(UUID tenant, UUID adapter, long generation) {
        Deadline call = deadline.get();
        Deadline longest = Deadline.after(ticker.nanos(), LONGEST);
        while (!settled(tenant, adapter, generation)) {
            if (longest.passed(ticker.nanos()) || call.passed(ticker.nanos()) || !paused()) {
                throw new OverloadedException(
                        "The change is stored, but not every node answers by it yet. Ask for the same once more to wait"
                                + " for them.",
                        Duration.ofSeconds(1));
            }
        }
    }

    private boolean settled(UUID tenant, UUID adapter, long generation) {
        List<NodeRows.Beat> behind =
                transactions.sql(tenant, connection -> NodeRows.behind(connection, adapter, generation));
        return watch.living(behind).isEmpty();
    }

    private static boolean paused() {
        try {
            Thread.sleep(LOOK.toMillis());
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

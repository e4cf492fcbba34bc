package dev.taxon.serving.log;

import dev.taxon.serving.batching.BatchListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Logs why batches fail, each cause once: their rows are scored again, each alone, so that without this nobody would
 * learn why a node became slow; and a cause that lasts would otherwise fill the log.
 */
public final class FailureLog implements BatchListener {
    private static final Logger LOG = Logger.getLogger(FailureLog.class);
    private static final int MOST_CAUSES = 100;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    public FailureLog() {}

    @Override
    public void failed(int rows, Throwable failure) {
        if (known.size() < MOST_CAUSES && known.add(SafeTrace.cause(failure))) {
            LOG.errorf(
                    "A batch of %d failed. Rows of failed batches are scored one by one, which is slow; this cause is"
                            + " not logged again but counted: %s",
                    rows, SafeTrace.of(failure));
        }
    }
}

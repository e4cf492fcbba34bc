package dev.taxon.serving.deployment;

import dev.taxon.serving.adapter.AdapterContents;
import dev.taxon.serving.adapter.AdapterReference;
import dev.taxon.serving.batching.OverloadedException;
import dev.taxon.serving.database.TenantTransactions;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * One more node beside the server: everything that decides which version answers, with a memory, a lease and a line to the
 * database of its own. Only the forward pass is left out.
 */
final class NodeUnderTest implements AutoCloseable {
    private static final long ANSWERING_NANOS = 2_000_000;

    private final Node node = new Node(Lease.onSystemClocks());
    private final CuttableLine line;
    private final ChangeApplier applier;
    private final DeploymentFeed feed;
    private final AdapterAdmission admission;

    NodeUnderTest(
            CuttableLine line,
            TenantTransactions transactions,
            DeploymentRows rows,
            ServedVersions versions,
            Warming warming,
            AdapterContents contents) {
        DeployedAdapters deployed = new DeployedAdapters(transactions, rows);
        this.line = line;
        this.applier = new ChangeApplier(node, transactions, rows, deployed, versions, warming);
        this.feed = new DeploymentFeed(line, node, new NodeWatch(), deployed, applier::apply);
        this.admission = new AdapterAdmission(node, deployed, versions, contents);
        feed.start();
    }

    CuttableLine line() {
        return line;
    }

    boolean answering() {
        return node.lease().held();
    }

    /**
     * What a call got.
     *
     * @param version what answered; empty when the node refused to answer, at the beginning or the end
     * @param promised the last version whose promotion had returned just before the answer was sent
     */
    record Answer(OptionalInt version, int promised) {}

    Answer classify(UUID tenant, String adapter, IntSupplier promise) {
        try (AdmittedAdapter admitted =
                admission.admit(tenant, new AdapterReference(adapter, OptionalInt.empty()), "any")) {
            LockSupport.parkNanos(ANSWERING_NANOS);
            int promised = promise.getAsInt();
            return new Answer(admitted.mayAnswer() ? OptionalInt.of(admitted.number()) : OptionalInt.empty(), promised);
        } catch (OverloadedException refused) {
            return new Answer(OptionalInt.empty(), 0);
        }
    }

    @Override
    public void close() {
        feed.close();
        applier.stop();
    }
}

package dev.taxon.serving.deployment;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;

/** This process among those that share the database: what it is called, and whether it may answer with adapters. */
@Singleton
final class Node {
    private final UUID id = UUID.randomUUID();
    private final Lease lease;

    @Inject
    Node() {
        this(Lease.onSystemClocks());
    }

    Node(Lease lease) {
        this.lease = lease;
    }

    UUID id() {
        return id;
    }

    Lease lease() {
        return lease;
    }
}

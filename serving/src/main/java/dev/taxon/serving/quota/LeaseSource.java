package dev.taxon.serving.quota;

import java.time.Instant;
import java.util.UUID;

/** Where nodes take their leases from. Thread-safe, also between nodes. */
@FunctionalInterface
interface LeaseSource {

    /**
     * Takes a lease, which is less than wanted only where no more is left.
     *
     * @param start when the window began
     * @param limit what all leases of the window together never exceed
     */
    Lease take(UUID tenant, Allowance allowance, Instant start, long wanted, long limit);
}

package dev.taxon.serving.quota;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * One window of one tenant's allowance as this node knows it: what is left of its lease, and whether there is more to
 * have. While one thread fetches a lease the others of the tenant wait for it, for they need it too. Thread-safe.
 */
final class Window {
    /** A window's allowance in leases: fewer round trips against what idle nodes hold back from busy ones. */
    private static final int LEASES = 20;

    private final UUID tenant;
    private final Allowance allowance;
    private final Instant start;
    private final long limit;
    private final LeaseSource leases;
    private long left;
    private long unclaimed;

    Window(UUID tenant, Allowance allowance, Instant start, long limit, LeaseSource leases) {
        this.tenant = tenant;
        this.allowance = allowance;
        this.start = start;
        this.limit = limit;
        this.leases = leases;
        this.unclaimed = limit;
    }

    /** Whether this is the window that began then, under this limit. */
    boolean is(Instant otherStart, long otherLimit) {
        return start.equals(otherStart) && limit == otherLimit;
    }

    /** Takes the amount, or nothing. */
    synchronized boolean take(long amount) {
        // What others took since is not known here; once there was nothing unclaimed, there is nothing until the end.
        if (left < amount && unclaimed > 0) {
            lease(amount - left);
        }
        if (left < amount) {
            return false;
        }
        left -= amount;
        return true;
    }

    synchronized void giveBack(long amount) {
        left += amount;
    }

    /** What this node knows to be left, at the moment. */
    synchronized Remaining remaining(Instant now) {
        Duration reset = Duration.between(now, start.plus(allowance.window()));
        return new Remaining(allowance, limit, left + unclaimed, reset.isNegative() ? Duration.ZERO : reset);
    }

    private void lease(long missing) {
        long usual = (limit + LEASES - 1) / LEASES;
        Lease lease = leases.take(tenant, allowance, start, Math.max(missing, usual), limit);
        left += lease.granted();
        unclaimed = lease.unclaimed();
    }
}

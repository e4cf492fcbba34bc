package dev.taxon.serving.adapter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who brought what into a cache, and what of it has to go once it is full: of those who have more than a share. While there
 * is room, anyone may fill it. Thread-safe.
 */
final class TenantShares {
    private final long budget;
    private final long most;
    private final Map<UUID, Share> shares = new HashMap<>();
    private long bytes;

    /**
     * Nobody's yet.
     *
     * @param budget bytes of the whole cache
     * @param most bytes that one tenant may keep when others want them
     */
    TenantShares(long budget, long most) {
        this.budget = budget;
        this.most = most;
    }

    private static final class Share {
        final Map<String, Long> bytesByDigest = new LinkedHashMap<>(16, 0.75f, true);
        long bytes;
    }

    /** Notes an entry; answers with those, longest unused first, that have to go for it. */
    synchronized List<String> add(UUID tenant, String digest, long size) {
        remove(tenant, digest);
        Share share = shares.computeIfAbsent(tenant, unknown -> new Share());
        share.bytesByDigest.put(digest, size);
        share.bytes += size;
        bytes += size;
        List<String> gone = new ArrayList<>();
        Optional<Map.Entry<UUID, Share>> greediest = greediest();
        while (bytes > budget && greediest.isPresent()) {
            if (!dropEldest(greediest.get(), digest, gone)) {
                break;
            }
            greediest = greediest();
        }
        return gone;
    }

    /** Who has most beyond a share. */
    private Optional<Map.Entry<UUID, Share>> greediest() {
        return shares.entrySet().stream()
                .filter(entry -> entry.getValue().bytes > most)
                .max(Comparator.comparingLong(entry -> entry.getValue().bytes));
    }

    /** False where there is none but the one that was just brought in. */
    private boolean dropEldest(Map.Entry<UUID, Share> greediest, String kept, List<String> gone) {
        Iterator<String> eldest = greediest.getValue().bytesByDigest.keySet().iterator();
        while (eldest.hasNext()) {
            String digest = eldest.next();
            if (!digest.equals(kept)) {
                remove(greediest.getKey(), digest);
                gone.add(digest);
                return true;
            }
        }
        return false;
    }

    synchronized void touch(UUID tenant, String digest) {
        Share share = shares.get(tenant);
        if (share != null) {
            share.bytesByDigest.get(digest);
        }
    }

    synchronized void remove(UUID tenant, String digest) {
        Share share = shares.get(tenant);
        Long size = share == null ? null : share.bytesByDigest.remove(digest);
        if (share != null && size != null) {
            share.bytes -= size;
            bytes -= size;
            if (share.bytesByDigest.isEmpty()) {
                shares.remove(tenant);
            }
        }
    }
}

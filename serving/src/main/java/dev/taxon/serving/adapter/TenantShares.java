package dev.taxon.serving.adapter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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

        Optional<String> eldestBut(String kept) {
            return bytesByDigest.keySet().stream()
                    .filter(digest -> !digest.equals(kept))
                    .findFirst();
        }
    }

    /** Notes an entry; answers with those, longest unused first, that have to go for it. */
    synchronized List<String> add(UUID tenant, String digest, long size) {
        remove(tenant, digest);
        Share share = shares.computeIfAbsent(tenant, unknown -> new Share());
        share.bytesByDigest.put(digest, size);
        share.bytes += size;
        bytes += size;
        List<String> gone = new ArrayList<>();
        Optional<Map.Entry<UUID, Share>> greediest = greediest(digest);
        while (bytes > budget && greediest.isPresent()) {
            String eldest = greediest.get().getValue().eldestBut(digest).orElseThrow();
            remove(greediest.get().getKey(), eldest);
            gone.add(eldest);
            greediest = greediest(digest);
        }
        return gone;
    }

    /** Who has most beyond a share, of those who have anything but the one that was just brought in. */
    private Optional<Map.Entry<UUID, Share>> greediest(String kept) {
        return shares.entrySet().stream()
                .filter(entry -> entry.getValue().bytes > most
                        && entry.getValue().eldestBut(kept).isPresent())
                .max(Comparator.comparingLong(entry -> entry.getValue().bytes));
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

package dev.taxon.serving.adapter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who brought what into a cache, and what of it has to go so that nobody has more than a share. Thread-safe. */
final class TenantShares {
    private final long most;
    private final Map<UUID, Share> shares = new HashMap<>();

    TenantShares(long most) {
        this.most = most;
    }

    private static final class Share {
        final Map<String, Long> bytesByDigest = new LinkedHashMap<>(16, 0.75f, true);
        long bytes;
    }

    /** Notes an entry; answers with those of the same tenant, longest unused first, that have to go for it. */
    synchronized List<String> add(UUID tenant, String digest, long bytes) {
        Share share = shares.computeIfAbsent(tenant, unknown -> new Share());
        Long before = share.bytesByDigest.put(digest, bytes);
        share.bytes += bytes - (before == null ? 0 : before);
        List<String> gone = new ArrayList<>();
        Iterator<Map.Entry<String, Long>> eldest =
                share.bytesByDigest.entrySet().iterator();
        while (share.bytes > most && eldest.hasNext()) {
            Map.Entry<String, Long> entry = eldest.next();
            if (!entry.getKey().equals(digest)) {
                share.bytes -= entry.getValue();
                gone.add(entry.getKey());
                eldest.remove();
            }
        }
        return gone;
    }

    synchronized void touch(UUID tenant, String digest) {
        Share share = shares.get(tenant);
        if (share != null) {
            share.bytesByDigest.get(digest);
        }
    }

    synchronized void remove(UUID tenant, String digest) {
        Share share = shares.get(tenant);
        Long bytes = share == null ? null : share.bytesByDigest.remove(digest);
        if (share != null && bytes != null) {
            share.bytes -= bytes;
            if (share.bytesByDigest.isEmpty()) {
                shares.remove(tenant);
            }
        }
    }
}

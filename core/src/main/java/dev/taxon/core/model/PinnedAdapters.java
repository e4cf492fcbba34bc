package dev.taxon.core.model;

import dev.taxon.core.adapter.AdapterReference;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The adapters of a batch, on the device until this is closed. */
public final class PinnedAdapters implements AutoCloseable {
    private final Map<String, AdapterCache.Pin> pins = new LinkedHashMap<>();

    /** Pins each of them once, for rows that were encoded; none where one does not load. */
    public PinnedAdapters(Collection<AdapterReference> references, AdapterCache cache) {
        try {
            references.stream()
                    .distinct()
                    .forEach(reference -> pins.put(reference.digest(), cache.pinAgain(reference)));
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    /** The adapter of that reference, which is one of those pinned; empty for no reference. */
    public Optional<ResidentAdapter> of(@Nullable AdapterReference reference) {
        return Optional.ofNullable(reference)
                .flatMap(known -> Optional.ofNullable(pins.get(known.digest())))
                .map(AdapterCache.Pin::adapter);
    }

    @Override
    public void close() {
        pins.values().forEach(AdapterCache.Pin::close);
        pins.clear();
    }
}

package dev.taxon.serving.deployment;

import dev.taxon.core.adapter.AdapterReference;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.serving.model.Base;
import java.util.Optional;
import java.util.UUID;

/**
 * The version that a request was given, for all of its life. Closing it, once, says that the request was answered or will
 * not be. Thread-safe.
 */
public final class AdmittedAdapter implements AutoCloseable {
    private final UUID adapter;
    private final ServedVersion version;
    private final AdapterReference reference;
    private final Optional<ShadowVersion> shadow;
    private final Uses uses;
    private final Lease lease;

    AdmittedAdapter(
            UUID adapter,
            ServedVersion version,
            AdapterReference reference,
            Optional<ShadowVersion> shadow,
            Uses uses,
            Lease lease) {
        this.adapter = adapter;
        this.version = version;
        this.reference = reference;
        this.shadow = shadow;
        this.uses = uses;
        this.lease = lease;
    }

    /** The adapter's id. */
    public UUID adapter() {
        return adapter;
    }

    public int number() {
        return version.number();
    }

    /** As the result tells it: {@code support@3}. */
    public String name() {
        return version.name();
    }

    public AdapterSettings settings() {
        return version.settings();
    }

    /** The model that it belongs to. */
    public Base base() {
        return version.base();
    }

    /** What the engine knows it by. */
    public AdapterReference reference() {
        return reference;
    }

    /** The version that is to classify the same texts unseen, where there is one beside the active version. */
    public Optional<ShadowVersion> shadow() {
        return shadow;
    }

    /** Whether an answer that was made under it may be sent now. */
    public boolean mayAnswer() {
        return lease.held() && !uses.revoked();
    }

    @Override
    public void close() {
        uses.leave();
    }
}

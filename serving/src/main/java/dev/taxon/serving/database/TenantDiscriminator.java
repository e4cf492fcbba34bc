package dev.taxon.serving.database;

import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.hibernate.orm.runtime.tenant.TenantResolver;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells Hibernate whose rows this thread may see: those of the transaction that {@link TenantTransactions} opened. */
@PersistenceUnitExtension
@ApplicationScoped
public class TenantDiscriminator implements TenantResolver {
    /** A tenant that there is not. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final ThreadLocal<@Nullable UUID> current = new ThreadLocal<>();

    TenantDiscriminator() {}

    @Override
    public String getDefaultTenantId() {
        return NOBODY.toString();
    }

    @Override
    public String resolveTenantId() {
        UUID tenant = current.get();
        return (tenant == null ? NOBODY : tenant).toString();
    }

    <T> T during(UUID tenant, Supplier<T> work) {
        UUID before = current.get();
        current.set(tenant);
        try {
            return work.get();
        } finally {
            restore(before);
        }
    }

    private void restore(@Nullable UUID before) {
        if (before == null) {
            current.remove();
        } else {
            current.set(before);
        }
    }
}

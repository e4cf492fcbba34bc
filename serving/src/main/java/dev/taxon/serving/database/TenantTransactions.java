package dev.taxon.serving.database;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.jdbc.ReturningWork;

/**
 * Transactions as a tenant, from any thread: entities and SQL inside see and write that tenant's rows alone, by Hibernate's
 * discriminator and by row-level security. Blocks. Thread-safe.
 *
 * <p>A transaction is always one of its own; one inside another neither waits for the outer one nor shares its fate.
 * Failures roll everything back. A database that does not answer is a {@link DatabaseException}; violated constraints are
 * found by {@link Violation}.
 */
@Singleton
public final class TenantTransactions {
    private final Session session;
    private final TenantDiscriminator discriminator;

    TenantTransactions(Session session, @PersistenceUnitExtension TenantDiscriminator discriminator) {
        this.session = session;
        this.discriminator = discriminator;
    }

    /** Runs the work as this tenant, commits it, and answers with what it gave. */
    public <T> T in(UUID tenant, Supplier<T> work) {
        return discriminator.during(
                tenant,
                () -> inRequest(() ->
                        translated(() -> QuarkusTransaction.requiringNew().call(() -> {
                            session.doWork(connection -> TenantTransaction.become(connection, tenant));
                            return work.get();
                        }))));
    }

    /** Runs the work as this tenant and commits it. */
    public void run(UUID tenant, Runnable work) {
        in(tenant, () -> {
            work.run();
            return true;
        });
    }

    /** A transaction of SQL alone. */
    public <T> T sql(UUID tenant, ReturningWork<T> work) {
        return in(tenant, () -> session.doReturningWork(work));
    }

    /** SQL within the transaction that this thread is in; what entities changed before is visible to it. */
    public <T> T sql(ReturningWork<T> work) {
        session.flush();
        return session.doReturningWork(work);
    }

    /** A session needs the context of a request, which threads of our own do not have. */
    private static <T> T inRequest(Supplier<T> work) {
        ManagedContext context = Arc.container().requestContext();
        if (context.isActive()) {
            return work.get();
        }
        context.activate();
        try {
            return work.get();
        } finally {
            context.terminate();
        }
    }

    private static <T> T translated(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException failure) {
            if (Violation.meansNoAnswer(failure)) {
                throw new DatabaseException("The database did not answer.", failure);
            }
            throw failure;
        }
    }
}

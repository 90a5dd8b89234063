package io.replyloop.audit;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.Session;

/** The audit log for tests. It cannot be emptied, so they look at what has come since. */
@ApplicationScoped
public class AuditEntries {
    private static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null, null, null, false);

    private final AuditLog log;
    private final Session database;

    AuditEntries(AuditLog log, Session database) {
        this.log = log;
        this.database = database;
    }

    /** What an act adds, oldest first. */
    public List<AuditEntryView> addedBy(Runnable act) {
        long before = newest();
        act.run();
        return after(before);
    }

    public long newest() {
        return log.before(ALL, Long.MAX_VALUE, 1).stream()
                .mapToLong(AuditEntryView::id)
                .findFirst()
                .orElse(0);
    }

    public List<AuditEntryView> after(long id) {
        return log.before(ALL, Long.MAX_VALUE, 1_000).stream()
                .filter(entry -> entry.id() > id)
                .sorted((one, other) -> Long.compare(one.id(), other.id()))
                .toList();
    }

    /** All rows since then as the database has them. */
    public List<String> rowsAfter(long id) {
        return inTransaction(() -> database.createNativeQuery(
                        "select cast(to_jsonb(e) as text) from audit_entry e where id > :id", String.class)
                .setParameter("id", id)
                .getResultList());
    }

    public <T> T inTransaction(Supplier<T> work) {
        return QuarkusTransaction.requiringNew().call(work::get);
    }

    public void sql(String statement) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery(statement).executeUpdate());
    }
}

package io.replyloop.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Where customers were last seen: the newest page alone, of those who have written. */
@ApplicationScoped
@Transactional
public class CustomerVisits {
    private final Session session;
    private final Event<CustomerChanged> changed;

    CustomerVisits(Session session, Event<CustomerChanged> changed) {
        this.session = session;
        this.changed = changed;
    }

    /** Does nothing for a customer who has not written, or was erased. */
    public void keep(UUID customer, CustomerVisit visit) {
        // The row is held, so that it is not erased between the question for it and the answer.
        int kept = session.createNativeMutationQuery(
                        "insert into customer_visit (customer_id, page, language, browser, system)"
                                + " select id, :page, :language, :browser, :system from customer where id = :customer"
                                + " for key share"
                                + " on conflict (customer_id) do update set page = excluded.page,"
                                + " language = excluded.language, browser = excluded.browser,"
                                + " system = excluded.system, seen_at = now()")
                .setParameter("customer", customer)
                .setParameter("page", visit.page(), String.class)
                .setParameter("language", visit.language(), String.class)
                .setParameter("browser", visit.browser(), String.class)
                .setParameter("system", visit.system(), String.class)
                .executeUpdate();
        if (kept > 0) {
            changed.fire(new CustomerChanged(customer, false));
        }
    }

    public Optional<CustomerVisit> last(UUID customer) {
        return session.createNativeQuery(
                        "select page, language, browser, system, seen_at from customer_visit"
                                + " where customer_id = :customer",
                        Tuple.class)
                .setParameter("customer", customer)
                .getResultStream()
                .map(row -> new CustomerVisit(
                        row.get("page", String.class),
                        row.get("language", String.class),
                        row.get("browser", String.class),
                        row.get("system", String.class),
                        row.get("seen_at", Instant.class)))
                .findFirst();
    }
}

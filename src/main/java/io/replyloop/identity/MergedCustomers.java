package io.replyloop.identity;

import io.replyloop.platform.TransactionLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Which customers are one person, as agents have said ({@link CustomerMerging}). For what agents see and do, and for erasure
 * and export. What a customer may read must never be asked for by what is found here: it hangs on their own id alone.
 */
@ApplicationScoped
@Transactional
public class MergedCustomers {
    /** The letters of 'merging'. */
    private static final long LOCK = 0x6d657267696e67L;

    private final Session session;

    MergedCustomers(Session session) {
        this.session = session;
    }

    /** By whose id agents know this customer: their own, unless they were merged into another one. */
    public UUID kept(UUID customer) {
        return session.createNativeQuery("select kept_id from customer_merge where customer_id = :customer", UUID.class)
                .setParameter("customer", customer)
                .getResultStream()
                .findFirst()
                .orElse(customer);
    }

    /** All who are the same person as this customer: the kept one, then the others in the order in which they were merged. */
    public List<UUID> everyone(UUID customer) {
        UUID kept = kept(customer);
        List<UUID> all = new ArrayList<>(List.of(kept));
        all.addAll(session.createNativeQuery(
                        "select customer_id from customer_merge where kept_id = :kept order by merged_at, customer_id",
                        UUID.class)
                .setParameter("kept", kept)
                .getResultList());
        return all;
    }

    /** Until the end of the transaction nobody else is merged, separated, blocked or let in again. */
    void hold() {
        TransactionLock.hold(session, LOCK);
    }
}

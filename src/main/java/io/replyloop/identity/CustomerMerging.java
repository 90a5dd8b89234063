package io.replyloop.identity;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.privacy.ErasureLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Agents say that two customers are one person, and take it back. One of them is kept, by whose id and name agents know the
 * person from then on; the other one points to it. Nothing is moved, so nothing has to be put back, and what arrives
 * meanwhile is where it belongs in any case. Each of them still sees their own conversations alone.
 *
 * <p>All of this is done one after the other, on all nodes. Both have to be who is kept of their persons, so that nobody
 * merges more than they have seen, and two agents who merge crosswise make no circle.
 */
@ApplicationScoped
@Transactional
public class CustomerMerging {
    /** Somebody whose browser forgets them each time comes to as many; of more, each page about them would be slow. */
    static final int MOST = 50;

    private final Session session;
    private final MergedCustomers merged;
    private final CustomerRows customers;
    private final BlockedCustomers blocked;
    private final AuditLog audit;
    private final Event<CustomerChanged> changed;

    CustomerMerging(
            Session session,
            MergedCustomers merged,
            CustomerRows customers,
            BlockedCustomers blocked,
            AuditLog audit,
            Event<CustomerChanged> changed) {
        this.session = session;
        this.merged = merged;
        this.customers = customers;
        this.blocked = blocked;
        this.audit = audit;
        this.changed = changed;
    }

    /** Once they are one person, the same request again changes nothing. */
    public void merge(UUID kept, UUID other, SignedInAgent by) {
        if (kept.equals(other)) {
            throw new Problem(ProblemCode.CONFLICT, "This is the same customer; choose another one.");
        }
        CustomerRows.Locked into = held(kept, other);
        if (merged.kept(other).equals(kept)) {
            return;
        }
        requireKept(kept);
        requireKept(other);
        if (merged.everyone(kept).size() + merged.everyone(other).size() > MOST) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "A person has at most " + MOST + " customers; separate those that need not be merged.");
        }
        change("update customer_merge set kept_id = :kept where kept_id = :other", kept, other);
        session.createNativeMutationQuery("insert into customer_merge (customer_id, into_id, kept_id, merged_by)"
                        + " values (:other, :kept, :kept, :by)")
                .setParameter("other", other)
                .setParameter("kept", kept)
                .setParameter("by", by.id())
                .executeUpdate();
        blocked.together(merged.everyone(kept));
        audit.record(AuditAction.CUSTOMER_MERGED, into.object(), AuditDetails.of(Map.of("otherCustomer", other)));
        changed.fire(new CustomerChanged(kept, true));
    }

    /** Who was merged into the other one before goes along. What is separate already is left at that. */
    public void separate(UUID kept, UUID other) {
        CustomerRows.Locked from = held(kept, other);
        UUID now = merged.kept(other);
        if (now.equals(other)) {
            return;
        }
        if (!now.equals(kept)) {
            throw meanwhile();
        }
        change("delete from customer_merge where customer_id = :other and kept_id = :kept", kept, other);
        session.createNativeMutationQuery("""
                        with recursive along (id) as (
                            select customer_id from customer_merge where into_id = :other
                            union select m.customer_id from customer_merge m join along on m.into_id = along.id)
                        update customer_merge set kept_id = :other where customer_id in (select id from along)""").setParameter("other", other).executeUpdate();
        blocked.apart(List.of(merged.everyone(kept), merged.everyone(other)));
        audit.record(AuditAction.CUSTOMER_SEPARATED, from.object(), AuditDetails.of(Map.of("otherCustomer", other)));
        changed.fire(new CustomerChanged(kept, true));
        changed.fire(new CustomerChanged(other, true));
    }

    /** Both exist and are not erased meanwhile; an erasure under way would see only one of them. */
    private CustomerRows.Locked held(UUID kept, UUID other) {
        session.doWork(ErasureLock::shared);
        merged.hold();
        CustomerRows.Locked into = customers.locked(kept);
        customers.locked(other);
        return into;
    }

    private void requireKept(UUID customer) {
        if (!merged.kept(customer).equals(customer)) {
            throw meanwhile();
        }
    }

    private static Problem meanwhile() {
        return new Problem(
                ProblemCode.CONFLICT,
                "Somebody has merged one of these customers with another one meanwhile; look again, then decide.");
    }

    private void change(String sql, UUID kept, UUID other) {
        session.createNativeMutationQuery(sql)
                .setParameter("kept", kept)
                .setParameter("other", other)
                .executeUpdate();
    }
}

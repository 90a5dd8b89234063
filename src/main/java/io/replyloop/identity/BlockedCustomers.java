package io.replyloop.identity;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.platform.Cursor;
import io.replyloop.platform.Page;
import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/** The customers from whom the team accepts no more messages. What they have written stays. */
@ApplicationScoped
public class BlockedCustomers {
    private static final String LIST = "select c.id, c.name, c.email, b.reason, a.name, b.blocked_at"
            + " from blocked_customer b join customer c on c.id = b.customer_id"
            + " join agent_account a on a.id = b.blocked_by";

    private final Session database;
    private final Event<CustomersRevoked> revoked;
    private final Event<CustomerBlocking> changed;
    private final AuditLog audit;
    private final MergedCustomers merged;

    BlockedCustomers(
            Session database,
            Event<CustomersRevoked> revoked,
            Event<CustomerBlocking> changed,
            AuditLog audit,
            MergedCustomers merged) {
        this.database = database;
        this.revoked = revoked;
        this.changed = changed;
        this.audit = audit;
        this.merged = merged;
    }

    /** @param by the name of the person who blocked this customer */
    public record BlockedCustomer(
            @Schema(description = "Id of the customer", required = true)
            UUID customer,

            @Schema(description = "Name, if one is known", examples = "Kim")
            String name,

            @Schema(description = "E-mail address, if one is known", examples = "kim@example.com")
            String email,

            @Schema(description = "Why; may be empty", examples = "Threats", required = true)
            String reason,

            @Schema(description = "Name of whoever blocked this customer", examples = "Anna", required = true)
            String by,

            @Schema(description = "When", required = true) Instant at) {}

    @Transactional
    public Optional<BlockedCustomer> find(UUID customer) {
        return database.createNativeQuery(LIST + " where b.customer_id = :customer", Object[].class)
                .setParameter("customer", merged.kept(customer))
                .getResultStream()
                .map(BlockedCustomers::row)
                .findFirst();
    }

    /** Newest first. A person once, by whoever is kept of them. */
    @Transactional
    public Page<BlockedCustomer> list(String after, int limit) {
        Cursor cursor = after == null ? null : Cursor.decode(after, 2);
        NativeQuery<Object[]> query = database.createNativeQuery(
                        LIST
                                + " where not exists (select from customer_merge m where m.customer_id = b.customer_id)"
                                + (cursor == null ? "" : " and (b.blocked_at, b.customer_id) < (:at, :id)")
                                + " order by b.blocked_at desc, b.customer_id desc limit :limit",
                        Object[].class)
                .setParameter("limit", limit + 1);
        if (cursor != null) {
            place(query, cursor);
        }
        List<BlockedCustomer> found =
                query.getResultStream().map(BlockedCustomers::row).toList();
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        BlockedCustomer last = found.get(limit - 1);
        return new Page<>(
                found.subList(0, limit),
                Cursor.encode(last.at().toString(), last.customer().toString()));
    }

    /**
     * Blocks a customer, and whoever is the same person, and ends their connections. Blocking again changes nothing, but that
     * whoever was blocked only by being merged now is for this reason, and stays so when they are separated.
     */
    @Transactional
    public BlockedCustomer block(UUID customer, SignedInAgent by, String reason) {
        merged.hold();
        List<UUID> person = merged.everyone(customer);
        AuditObject object = found(person.get(0));
        String why = reason == null ? "" : reason.strip();
        int added = database.createNativeMutationQuery("insert into blocked_customer (customer_id, reason, blocked_by)"
                        + " select id, :reason, :by from customer where id = any(:person) on conflict (customer_id) do update set"
                        + " reason = excluded.reason, blocked_by = excluded.blocked_by, blocked_at = excluded.blocked_at,"
                        + " through_merge = false where blocked_customer.through_merge")
                .setParameter("person", person.toArray(UUID[]::new))
                .setParameter("reason", why)
                .setParameter("by", by.id())
                .executeUpdate();
        if (added > 0) {
            audit.record(
                    by.actor(),
                    AuditAction.CUSTOMER_BLOCKED,
                    object,
                    AuditDetails.of(why.isEmpty() ? Map.of() : Map.of("reason", why)));
        }
        person.forEach(one -> revoked.fire(new CustomersRevoked(null, one)));
        changed.fire(new CustomerBlocking(customer));
        return find(person.get(0)).orElseThrow();
    }

    @Transactional
    public void unblock(UUID customer) {
        merged.hold();
        List<UUID> person = merged.everyone(customer);
        AuditObject object = found(person.get(0));
        int removed = database.createNativeMutationQuery(
                        "delete from blocked_customer where customer_id = any(:person)")
                .setParameter("person", person.toArray(UUID[]::new))
                .executeUpdate();
        if (removed > 0) {
            audit.record(AuditAction.CUSTOMER_UNBLOCKED, object, AuditDetails.none());
        }
        changed.fire(new CustomerBlocking(customer));
    }

    /** These are one person from now on: if one of them is blocked, all are. */
    void together(List<UUID> person) {
        List<UUID> added = database.createNativeQuery("""
                        insert into blocked_customer (customer_id, reason, blocked_by, blocked_at, through_merge)
                        select c.id, b.reason, b.blocked_by, b.blocked_at, true
                          from customer c
                          join (select reason, blocked_by, blocked_at from blocked_customer
                                 where customer_id = any(:person) order by through_merge, blocked_at limit 1) b on true
                         where c.id = any(:person)
                        on conflict do nothing returning customer_id""", UUID.class)
                .setParameter("person", person.toArray(UUID[]::new))
                .getResultList();
        added.forEach(one -> revoked.fire(new CustomersRevoked(null, one)));
    }

    /** These are several persons again: of those among whom nobody was blocked, nobody is any more. */
    void apart(List<List<UUID>> persons) {
        for (List<UUID> person : persons) {
            database.createNativeMutationQuery("""
                            delete from blocked_customer where customer_id = any(:person) and not exists (
                                select from blocked_customer b where b.customer_id = any(:person) and not b.through_merge)""")
                    .setParameter("person", person.toArray(UUID[]::new))
                    .executeUpdate();
        }
    }

    /** Those of these customers that are blocked. */
    Set<UUID> among(Collection<UUID> customers) {
        return Set.copyOf(database.createNativeQuery(
                        "select customer_id from blocked_customer where customer_id = any(:customers)", UUID.class)
                .setParameter("customers", customers.toArray(UUID[]::new))
                .getResultList());
    }

    private AuditObject found(UUID id) {
        Customer customer = database.find(Customer.class, id);
        if (customer == null) {
            throw Problem.notFound("customer");
        }
        return AuditObject.of(AuditObject.Kind.CUSTOMER, id, customer.identity().name());
    }

    private static void place(NativeQuery<Object[]> query, Cursor cursor) {
        try {
            query.setParameter("at", Instant.parse(cursor.parts().get(0)));
            query.setParameter("id", UUID.fromString(cursor.parts().get(1)));
        } catch (DateTimeException | IllegalArgumentException madeUp) {
            throw Cursor.madeUp(madeUp);
        }
    }

    private static BlockedCustomer row(Object[] row) {
        return new BlockedCustomer(
                (UUID) row[0], (String) row[1], (String) row[2], (String) row[3], (String) row[4], (Instant) row[5]);
    }
}

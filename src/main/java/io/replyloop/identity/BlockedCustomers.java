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

    BlockedCustomers(
            Session database, Event<CustomersRevoked> revoked, Event<CustomerBlocking> changed, AuditLog audit) {
        this.database = database;
        this.revoked = revoked;
        this.changed = changed;
        this.audit = audit;
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
                .setParameter("customer", customer)
                .getResultStream()
                .map(BlockedCustomers::row)
                .findFirst();
    }

    /** Newest first. */
    @Transactional
    public Page<BlockedCustomer> list(String after, int limit) {
        Cursor cursor = after == null ? null : Cursor.decode(after, 2);
        NativeQuery<Object[]> query = database.createNativeQuery(
                        LIST + (cursor == null ? "" : " where (b.blocked_at, b.customer_id) < (:at, :id)")
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

    /** Blocks a customer and ends their connections. Blocking again changes nothing. */
    @Transactional
    public BlockedCustomer block(UUID customer, SignedInAgent by, String reason) {
        AuditObject object = found(customer);
        String why = reason == null ? "" : reason.strip();
        int added = database.createNativeMutationQuery("insert into blocked_customer (customer_id, reason, blocked_by)"
                        + " values (:customer, :reason, :by) on conflict do nothing")
                .setParameter("customer", customer)
                .setParameter("reason", why)
                .setParameter("by", by.id())
                .executeUpdate();
        if (added == 1) {
            audit.record(
                    by.actor(),
                    AuditAction.CUSTOMER_BLOCKED,
                    object,
                    AuditDetails.of(why.isEmpty() ? Map.of() : Map.of("reason", why)));
        }
        revoked.fire(new CustomersRevoked(null, customer));
        changed.fire(new CustomerBlocking(customer));
        return find(customer).orElseThrow();
    }

    @Transactional
    public void unblock(UUID customer) {
        AuditObject object = found(customer);
        int removed = database.createNativeMutationQuery("delete from blocked_customer where customer_id = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
        if (removed == 1) {
            audit.record(AuditAction.CUSTOMER_UNBLOCKED, object, AuditDetails.none());
        }
        changed.fire(new CustomerBlocking(customer));
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

package io.replyloop.audit;

import io.replyloop.platform.Cursor;
import io.replyloop.platform.Page;
import io.replyloop.privacy.CustomerErasure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;

/**
 * What was done, by whom. An entry is written in the transaction of the act, which therefore has to be open: what is
 * rolled back leaves none, and what is committed always has one.
 */
@ApplicationScoped
public class AuditLog {
    private static final String ERASE =
            "update audit_entry set label = null, details = null, erased_at = clock_timestamp()";

    private final Session database;
    private final AuditRequest request;
    private final AuditConfig config;

    AuditLog(Session database, AuditRequest request, AuditConfig config) {
        this.database = database;
        this.request = request;
        this.config = config;
    }

    /** Whoever makes the present request has done this; without a request, the application has. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(AuditAction action, AuditObject object, AuditDetails details) {
        Actor actor = request.isThere() ? request.signedIn().orElse(Actor.VISITOR) : Actor.SYSTEM;
        write(actor, action, object, details, address());
    }

    /** For acts of the schedule, over a socket, or of somebody who is only just being signed in. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(Actor actor, AuditAction action, AuditObject object, AuditDetails details) {
        write(actor, action, object, details, address());
    }

    /** For what is written down once the request is over. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(Actor actor, AuditAction action, AuditObject object, AuditDetails details, String address) {
        write(actor, action, object, details, address);
    }

    /** How often this has been done to the object since then. */
    @Transactional(Transactional.TxType.MANDATORY)
    public long count(AuditAction action, AuditObject object, Instant since) {
        return database.createQuery(
                        "select count(*) from AuditEntry e where e.objectKind = :kind and e.objectId = :id"
                                + " and e.at > :since and e.action = :action",
                        Long.class)
                .setParameter("kind", object.kind().wireName())
                .setParameter("id", object.id())
                .setParameter("since", since)
                .setParameter("action", action.wireName())
                .getSingleResult();
    }

    /**
     * Takes label and details away from all entries about these objects, for good: for the erasure of a customer. That
     * there was such an act stays, with who, when and the object's id; so does the reason of an earlier erasure, which is
     * the team's. The only change that the database lets through.
     *
     * @return how many entries had something to erase
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public int erase(AuditObject.Kind kind, Collection<String> ids) {
        door("on");
        int erased = database.createNativeMutationQuery(ERASE
                        + " where object_kind = :kind and object_id = any(:ids) and erased_at is null"
                        + " and action <> :proof"
                        + " and (label is not null or details is not null)")
                .setParameter("kind", kind.wireName())
                .setParameter("ids", ids.toArray(String[]::new))
                .setParameter("proof", AuditAction.CUSTOMER_ERASED.wireName())
                .executeUpdate();
        door("off");
        return erased;
    }

    /** Entries about somebody else that name this customer as the other one. */
    private int eraseOther(String customer) {
        door("on");
        int erased = database.createNativeMutationQuery(ERASE
                        + " where action in (:actions) and erased_at is null"
                        + " and details -> 'after' ->> 'otherCustomer' = :customer")
                .setParameter(
                        "actions",
                        List.of(AuditAction.CUSTOMER_MERGED.wireName(), AuditAction.CUSTOMER_SEPARATED.wireName()))
                .setParameter("customer", customer)
                .executeUpdate();
        door("off");
        return erased;
    }

    /** Names of the customer, why agents have blocked them, and with whom they were merged. */
    @Transactional(Transactional.TxType.MANDATORY)
    void forget(@Observes CustomerErasure erasure) {
        if (erasure.customer() == null) {
            return;
        }
        String customer = erasure.customer().toString();
        int erased = erase(AuditObject.Kind.CUSTOMER, List.of(customer)) + eraseOther(customer);
        erasure.removed("audit-details", erased);
    }

    /** Newest first. */
    @Transactional
    Page<AuditEntryView> list(AuditFilter filter, String cursor, Integer limit) {
        int size = Page.limit(limit);
        List<AuditEntryView> found = before(filter, cursor == null ? Long.MAX_VALUE : id(cursor), size + 1);
        List<AuditEntryView> page = found.subList(0, Math.min(size, found.size()));
        String next = found.size() > size
                ? Cursor.encode(Long.toString(page.get(size - 1).id()))
                : null;
        return new Page<>(page, next);
    }

    /** Newest first, those with smaller ids. */
    @Transactional
    List<AuditEntryView> before(AuditFilter filter, long id, int limit) {
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder where = new StringBuilder("from AuditEntry e where e.id < :before");
        parameters.put("before", id);
        narrow(where, parameters, "e.actorId = :account", "account", filter.account());
        narrow(
                where,
                parameters,
                "e.actorKind = :actor",
                "actor",
                filter.actor() == null ? null : filter.actor().wireName());
        narrow(where, parameters, "e.action in :actions", "actions", filter.actions());
        narrow(
                where,
                parameters,
                "e.objectKind = :object",
                "object",
                filter.object() == null ? null : filter.object().wireName());
        narrow(where, parameters, "e.objectId = :id", "id", filter.objectId());
        narrow(where, parameters, "e.at >= :from", "from", filter.from());
        narrow(where, parameters, "e.at < :to", "to", filter.to());
        narrow(
                where,
                parameters,
                "lower(e.label) like :label escape '\\'",
                "label",
                filter.label() == null ? null : "%" + escaped(filter.label()) + "%");
        if (filter.withoutSignIns()) {
            where.append(" and e.action not like 'session.%'");
        }
        TypedQuery<AuditEntry> query =
                database.createQuery(where.append(" order by e.id desc").toString(), AuditEntry.class);
        parameters.forEach(query::setParameter);
        return query.setMaxResults(limit)
                .getResultStream()
                .map(AuditEntry::view)
                .toList();
    }

    private String address() {
        return request.isThere() ? request.address().orElse(null) : null;
    }

    private void write(Actor actor, AuditAction action, AuditObject object, AuditDetails details, String address) {
        AuditEntry entry = new AuditEntry();
        entry.actorKind = actor.kind().wireName();
        entry.actorId = actor.account();
        entry.actorName = actor.name();
        entry.address = config.addresses() ? address : null;
        entry.action = action.wireName();
        entry.objectKind = object.kind().wireName();
        entry.objectId = object.id();
        entry.label = object.label();
        entry.details = details.json();
        // Written at once and by itself: what else this transaction has changed is not flushed before its own time.
        database.persist(entry);
    }

    private void door(String position) {
        database.createNativeQuery("select set_config('replyloop.audit_erasure', :position, true)", String.class)
                .setParameter("position", position)
                .getSingleResult();
    }

    private static void narrow(
            StringBuilder where, Map<String, Object> parameters, String condition, String name, Object value) {
        if (value != null) {
            where.append(" and ").append(condition);
            parameters.put(name, value);
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static long id(String cursor) {
        try {
            return Long.parseLong(Cursor.decode(cursor, 1).parts().get(0));
        } catch (NumberFormatException made) {
            throw Cursor.madeUp(made);
        }
    }
}

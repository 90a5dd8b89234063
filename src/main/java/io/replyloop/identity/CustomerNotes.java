package io.replyloop.identity;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.privacy.CustomerErasure;
import io.replyloop.privacy.ErasureLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * What the team notes about a customer, for all of its conversations. Everybody reads and adds notes; one is changed and
 * deleted by whoever added it, and by admins. Nothing learns from them, and the audit log says that there was one, not what
 * it said.
 */
@ApplicationScoped
@Transactional
public class CustomerNotes {
    /** As much as somebody reads before they answer. */
    static final int MOST = 50;

    static final int LONGEST = 2_000;

    private static final String READ = "select n.id, n.text, n.author_id, a.name, n.created_at, n.changed_at, n.version"
            + " from customer_note n join agent_account a on a.id = n.author_id where n.customer_id = any(:person)";

    private final Session session;
    private final CustomerRows customers;
    private final MergedCustomers merged;
    private final AuditLog audit;
    private final Event<CustomerChanged> changed;

    CustomerNotes(
            Session session,
            CustomerRows customers,
            MergedCustomers merged,
            AuditLog audit,
            Event<CustomerChanged> changed) {
        this.session = session;
        this.customers = customers;
        this.merged = merged;
        this.audit = audit;
        this.changed = changed;
    }

    /** About this person, by whatever id the customer has written; the newest first. */
    public List<CustomerNote> of(UUID customer) {
        return session.createNativeQuery(READ + " order by n.created_at desc, n.id", Tuple.class)
                .setParameter("person", person(customer))
                .getResultStream()
                .map(CustomerNotes::note)
                .toList();
    }

    /** @param id made by the client: a note that is there already is answered as it is */
    public CustomerNote add(UUID customer, SignedInAgent by, UUID id, String text) {
        CustomerRows.Locked locked = locked(customer);
        Optional<CustomerNote> same = find(customer, id);
        if (same.isPresent() && same.get().author().equals(by.id())) {
            return same.get();
        }
        if (exists(id)) {
            throw new Problem(ProblemCode.CONFLICT, "There is another note with this id; make a new one.");
        }
        if (of(customer).size() >= MOST) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "There are " + MOST + " notes about this customer, which is the most; delete one that is out of"
                            + " date.");
        }
        session.createNativeMutationQuery("insert into customer_note (id, customer_id, author_id, text)"
                        + " values (:id, :customer, :author, :text)")
                .setParameter("id", id)
                .setParameter("customer", locked.id())
                .setParameter("author", by.id())
                .setParameter("text", text.strip())
                .executeUpdate();
        done(AuditAction.CUSTOMER_NOTED, locked);
        return find(customer, id).orElseThrow();
    }

    /** @param version of the note that was read before */
    public CustomerNote change(UUID customer, SignedInAgent by, UUID id, int version, String text) {
        CustomerRows.Locked locked = locked(customer);
        CustomerNote note = find(customer, id).orElseThrow(() -> Problem.notFound("note"));
        requireMine(note, by);
        if (note.text().equals(text.strip())) {
            return note;
        }
        if (note.version() != version) {
            throw new Problem(
                    ProblemCode.CONFLICT, "Somebody has changed this note since you read it; read it, then change it.");
        }
        session.createNativeMutationQuery(
                        "update customer_note set text = :text, version = version + 1, changed_at = now() where id = :id")
                .setParameter("text", text.strip())
                .setParameter("id", id)
                .executeUpdate();
        done(AuditAction.CUSTOMER_NOTE_CHANGED, locked);
        return find(customer, id).orElseThrow();
    }

    /** What is gone already is left at that. */
    public void delete(UUID customer, SignedInAgent by, UUID id) {
        CustomerRows.Locked locked = locked(customer);
        Optional<CustomerNote> note = find(customer, id);
        if (note.isEmpty()) {
            return;
        }
        requireMine(note.get(), by);
        session.createNativeMutationQuery("delete from customer_note where id = :id")
                .setParameter("id", id)
                .executeUpdate();
        done(AuditAction.CUSTOMER_NOTE_DELETED, locked);
    }

    /** They would go with the customer anyway; the report says how many there were. */
    @Transactional(Transactional.TxType.MANDATORY)
    void forget(@Observes CustomerErasure erasure) {
        if (erasure.customer() != null) {
            int gone = session.createNativeMutationQuery("delete from customer_note where customer_id = :customer")
                    .setParameter("customer", erasure.customer())
                    .executeUpdate();
            erasure.removed("customer-notes", gone);
        }
    }

    /** Kept apart from an erasure under way, to which what is not committed yet would be invisible. */
    private CustomerRows.Locked locked(UUID customer) {
        session.doWork(ErasureLock::shared);
        return customers.locked(merged.kept(customer));
    }

    private static void requireMine(CustomerNote note, SignedInAgent by) {
        if (by.role() != Role.ADMIN && !note.author().equals(by.id())) {
            throw new Problem(
                    ProblemCode.NOT_ALLOWED,
                    "Only " + note.authorName() + " and admins change or delete this note; add one of your own.");
        }
    }

    private Optional<CustomerNote> find(UUID customer, UUID id) {
        return session.createNativeQuery(READ + " and n.id = :id", Tuple.class)
                .setParameter("person", person(customer))
                .setParameter("id", id)
                .getResultStream()
                .map(CustomerNotes::note)
                .findFirst();
    }

    private boolean exists(UUID id) {
        return session.createNativeQuery("select count(*) from customer_note where id = :id", Long.class)
                        .setParameter("id", id)
                        .getSingleResult()
                > 0;
    }

    private UUID[] person(UUID customer) {
        return merged.everyone(customer).toArray(UUID[]::new);
    }

    private void done(AuditAction action, CustomerRows.Locked customer) {
        audit.record(action, customer.object(), AuditDetails.none());
        changed.fire(new CustomerChanged(customer.id(), false));
    }

    private static CustomerNote note(Tuple row) {
        return new CustomerNote(
                row.get("id", UUID.class),
                row.get("text", String.class),
                row.get("author_id", UUID.class),
                row.get("name", String.class),
                row.get("created_at", Instant.class),
                row.get("changed_at", Instant.class),
                row.get("version", Integer.class));
    }
}

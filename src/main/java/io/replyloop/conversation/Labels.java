package io.replyloop.conversation;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.TransactionLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;

/**
 * The labels that conversations can have. Conversations know them by their ids, so another name or colour is that of all of
 * them at once, and one that is deleted is gone from all of them: its id means nothing any more.
 */
@ApplicationScoped
@Transactional
public class Labels {
    /** A list that somebody can look over, and that each console has whole. */
    static final int MOST = 100;

    private static final long LOCK = 7_301_137L;

    private final Session session;
    private final AuditLog audit;
    private final Event<LabelsChanged> changed;

    Labels(Session session, AuditLog audit, Event<LabelsChanged> changed) {
        this.session = session;
        this.audit = audit;
        this.changed = changed;
    }

    /** By their names. */
    public List<LabelView> all() {
        return session.createNativeQuery(
                        "select id, name, colour from conversation_label order by lower(name), id", Tuple.class)
                .getResultStream()
                .map(Labels::view)
                .toList();
    }

    public LabelView create(String name, LabelColour color) {
        // Two at once would both find room.
        TransactionLock.hold(session, LOCK);
        long known = session.createNativeQuery("select count(*) from conversation_label", Long.class)
                .getSingleResult();
        if (known >= MOST) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "There are " + MOST + " labels, which is the most; delete one that nobody uses.");
        }
        LabelView label = new LabelView(UUID.randomUUID(), name.strip(), color);
        write("insert into conversation_label (id, name, colour) values (:id, :name, :colour)", label);
        audit.record(AuditAction.LABEL_CREATED, object(label), AuditDetails.of(fields(label)));
        changed.fire(new LabelsChanged());
        return label;
    }

    public LabelView change(UUID id, String name, LabelColour color) {
        LabelView before = locked(id);
        LabelView label = new LabelView(id, name.strip(), color);
        AuditDetails changes = AuditDetails.between(fields(before), fields(label));
        if (!changes.isEmpty()) {
            write("update conversation_label set name = :name, colour = :colour where id = :id", label);
            audit.record(AuditAction.LABEL_CHANGED, object(label), changes);
            changed.fire(new LabelsChanged());
        }
        return label;
    }

    public void delete(UUID id) {
        LabelView label = locked(id);
        session.createNativeMutationQuery("delete from conversation_label where id = :id")
                .setParameter("id", id)
                .executeUpdate();
        audit.record(AuditAction.LABEL_DELETED, object(label), AuditDetails.none());
        changed.fire(new LabelsChanged());
    }

    Optional<LabelView> find(UUID id) {
        return session.createNativeQuery("select id, name, colour from conversation_label where id = :id", Tuple.class)
                .setParameter("id", id)
                .getResultStream()
                .map(Labels::view)
                .findFirst();
    }

    private LabelView locked(UUID id) {
        return session.createNativeQuery(
                        "select id, name, colour from conversation_label where id = :id for update", Tuple.class)
                .setParameter("id", id)
                .getResultStream()
                .map(Labels::view)
                .findFirst()
                .orElseThrow(() -> Problem.notFound("label"));
    }

    private void write(String sql, LabelView label) {
        try {
            session.createNativeMutationQuery(sql)
                    .setParameter("id", label.id())
                    .setParameter("name", label.name())
                    .setParameter("colour", label.color().wireName())
                    .executeUpdate();
        } catch (ConstraintViolationException sameName) {
            throw Problem.ofField(
                    ProblemCode.CONFLICT,
                    "name",
                    FieldRule.TAKEN,
                    Map.of(),
                    "There is a label with this name already; take another one.");
        }
    }

    private static LabelView view(Tuple row) {
        return new LabelView(
                row.get("id", UUID.class),
                row.get("name", String.class),
                LabelColour.named(row.get("colour", String.class)));
    }

    private static Map<String, Object> fields(LabelView label) {
        return Map.of("name", label.name(), "color", label.color().wireName());
    }

    private static AuditObject object(LabelView label) {
        return AuditObject.of(AuditObject.Kind.LABEL, label.id(), label.name());
    }
}

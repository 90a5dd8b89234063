package io.replyloop.dataset;

import io.replyloop.privacy.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Changes examples for people. Snapshots keep the label that they were frozen with; the next one takes the new one.
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class ExampleEditing {
    private static final String COLUMNS =
            "id, decision_id, impression_id, conversation_id, query, reply_id, reply_text,"
                    + " label, original_label, excluded, version";

    private final Session session;

    ExampleEditing(Session session) {
        this.session = session;
    }

    /** Those of these examples that exist, by id; nobody else changes them before the transaction ends. */
    public List<LabelledExample> lock(Collection<Long> ids) {
        List<Tuple> rows = session.createNativeQuery(
                        "select " + COLUMNS + " from example where id = any(:ids) order by id for update", Tuple.class)
                .setParameter("ids", ids.toArray(Long[]::new))
                .getResultList();
        return rows.stream().map(ExampleEditing::example).toList();
    }

    /** All that the decision of this example has taught, by id, the example itself among it; empty if there is none. */
    public List<LabelledExample> lockDecision(long id) {
        List<Tuple> rows = session.createNativeQuery(
                        "select " + COLUMNS + " from example where decision_id = (select decision_id from example"
                                + " where id = :id) order by id for update",
                        Tuple.class)
                .setParameter("id", id)
                .getResultList();
        return rows.stream().map(ExampleEditing::example).toList();
    }

    public void change(long id, double label, boolean excluded) {
        session.createNativeMutationQuery("""
                        update example set label = :label, excluded = :excluded, version = version + 1,
                            original_label = nullif(coalesce(original_label, label), :label)
                        where id = :id""")
                .setParameter("label", label)
                .setParameter("excluded", excluded)
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Another reply fits to the same question, which the decision did not say. Begins excluded, as if not there. */
    public LabelledExample add(LabelledExample beside, UUID reply, String text) {
        Tuple row = session.createNativeQuery("""
                        insert into example (decision_id, impression_id, conversation_id, query, reply_id, reply_text, label,
                            excluded, masked, masked_by)
                        select decision_id, impression_id, conversation_id, query, :reply, :text, 1, true, masked, masked_by
                        from example where id = :beside returning %s""".formatted(COLUMNS), Tuple.class)
                .setParameter("reply", reply)
                .setParameter("text", PersonalData.masked(text))
                .setParameter("beside", beside.id())
                .getSingleResult();
        return example(row);
    }

    private static LabelledExample example(Tuple row) {
        return new LabelledExample(
                row.get("id", Long.class),
                row.get("decision_id", UUID.class),
                row.get("impression_id", UUID.class),
                row.get("conversation_id", UUID.class),
                row.get("query", String.class),
                row.get("reply_id", UUID.class),
                row.get("reply_text", String.class),
                row.get("label", Double.class),
                row.get("original_label", Double.class),
                row.get("excluded", Boolean.class),
                row.get("version", Integer.class));
    }
}

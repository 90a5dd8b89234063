package io.replyloop.dataset;

import io.replyloop.privacy.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Changes examples for people. Snapshots keep the label that they were frozen with; the next one takes the new one.
 */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class ExampleEditing {
    private static final String OTHER_COLUMNS = "impression_id, conversation_id, query, reply_id, reply_text,"
            + " label, original_label, excluded, version";

    private static final String COLUMNS = "id, decision_id, " + OTHER_COLUMNS;

    /** Nobody has decided there: what belongs together is what was asked. */
    private static final String COLUMNS_OF_HISTORY = "id, impression_id as decision_id, " + OTHER_COLUMNS;

    private static final List<String> TABLES = List.of("past_example", "imported_example", "example");

    private static final String ADD = "insert into example (decision_id, impression_id, conversation_id, query,"
            + " reply_id, reply_text, label, excluded, masked, masked_by)"
            + " select decision_id, impression_id, conversation_id, query, :answer, :text, 1, true, masked, masked_by"
            + " from example where id = :beside returning " + COLUMNS;

    private static final String ADD_IMPORTED = "insert into imported_example (import_id, decision_id, impression_id,"
            + " conversation_id, query, reply_id, reply_text, label, excluded, created_at, masked, masked_by)"
            + " select import_id, decision_id, impression_id, conversation_id, query, :answer, :text, 1, true, created_at,"
            + " masked, masked_by from imported_example where id = :beside returning " + COLUMNS;

    private static final String ADD_OF_HISTORY = "insert into past_example (conversation_id, impression_id, query,"
            + " reply_id, reply_text, label, excluded, masked, masked_by)"
            + " select conversation_id, impression_id, query, :answer, :text, 1, true, masked, masked_by"
            + " from past_example where id = :beside returning " + COLUMNS_OF_HISTORY;

    private final Session session;

    ExampleEditing(Session session) {
        this.session = session;
    }

    /** Those of these examples that exist, by id; nobody else changes them before the transaction ends. */
    public List<LabelledExample> lock(Collection<Long> ids) {
        List<LabelledExample> found = new ArrayList<>();
        Long[] wanted = ids.toArray(Long[]::new);
        for (String table : TABLES) {
            found.addAll(examples(table, "where id = any(:value)", wanted));
        }
        return found;
    }

    /** Those of these examples that exist, with all others that their decisions have taught, by id. */
    public List<LabelledExample> lockDecisions(Collection<Long> ids) {
        Long[] wanted = ids.toArray(Long[]::new);
        List<LabelledExample> found = new ArrayList<>();
        for (String table : TABLES) {
            // Nothing is remembered of decisions that were made elsewhere.
            found.addAll(examples(
                    table,
                    table.equals("example")
                            ? "where decision_id in (select decision_id from example where id = any(:value))"
                            : "where id = any(:value)",
                    wanted));
        }
        return found;
    }

    /** The suggestions that the decision was about; empty if nothing of it is left. */
    public Optional<UUID> impressionOf(UUID decision) {
        return session.createNativeQuery(
                        "select impression_id from example where decision_id = :one limit 1", UUID.class)
                .setParameter("one", decision)
                .getResultStream()
                .findFirst();
    }

    /** All that the decision of this example has taught, by id, the example itself among it; empty if there is none. */
    public List<LabelledExample> lockDecision(long id) {
        String table = table(id);
        String together = AllExamples.isOfHistory(id) ? "impression_id" : "decision_id";
        return examples(
                table, "where " + together + " = (select " + together + " from " + table + " where id = :value)", id);
    }

    private List<LabelledExample> examples(String table, String which, Object value) {
        String columns = table.equals("past_example") ? COLUMNS_OF_HISTORY : COLUMNS;
        List<Tuple> rows = session.createNativeQuery(
                        "select " + columns + " from " + table + " " + which + " order by id for update", Tuple.class)
                .setParameter("value", value)
                .getResultList();
        return rows.stream().map(ExampleEditing::example).toList();
    }

    private static String table(long id) {
        if (AllExamples.isOfHistory(id)) {
            return "past_example";
        }
        return id < 0 ? "imported_example" : "example";
    }

    /** What a person decides holds also when its conversation turns out to be spam, or no spam. */
    public void change(long id, double label, boolean excluded) {
        String decided = table(id).equals("example") ? " spam = false," : "";
        session.createNativeMutationQuery("update " + table(id)
                        + " set label = :label, excluded = :excluded, version = version + 1," + decided
                        + " original_label = nullif(coalesce(original_label, label), :label) where id = :id")
                .setParameter("label", label)
                .setParameter("excluded", excluded)
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Those that are excluded only because their conversation is spam. */
    public Set<Long> leftOutAsSpam(Collection<Long> ids) {
        return Set.copyOf(session.createNativeQuery("select id from example where id = any(:ids) and spam", Long.class)
                .setParameter("ids", ids.toArray(Long[]::new))
                .getResultList());
    }

    /** Another reply fits to the same question, which the decision did not say. Begins excluded, as if not there. */
    public LabelledExample add(LabelledExample beside, UUID reply, String text) {
        Tuple row = session.createNativeQuery(adding(beside), Tuple.class)
                .setParameter("answer", reply)
                .setParameter("text", PersonalData.masked(text))
                .setParameter("beside", beside.id())
                .getSingleResult();
        return example(row);
    }

    private static String adding(LabelledExample beside) {
        if (AllExamples.isOfHistory(beside.id())) {
            return ADD_OF_HISTORY;
        }
        return beside.isImported() ? ADD_IMPORTED : ADD;
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

package io.replyloop.dataset;

import io.replyloop.privacy.CustomerErasure;
import io.replyloop.privacy.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Examples of conversations from before this installation. They teach, and neither choose nor measure: nobody knows what an
 * agent would have been shown there. Nor are they decisions, of which a run needs some. Their ids are below those of examples
 * from files, so that one id means one example.
 */
@ApplicationScoped
@Transactional
public class PastExamples {
    private static final int BATCH = 500;

    private final Session session;
    private final DatasetService snapshots;
    private final Event<PastExamplesForgotten> forgotten;

    PastExamples(Session session, DatasetService snapshots, Event<PastExamplesForgotten> forgotten) {
        this.session = session;
        this.snapshots = snapshots;
        this.forgotten = forgotten;
    }

    /**
     * A question that an agent answered.
     *
     * @param group the same each time for the same question, so that nothing is added twice
     * @param query the last turns, each with its mark, without personal data
     * @param reply that answers it
     * @param others texts that do not
     * @param said when it was answered; null where nobody knows
     */
    public record Pair(
            UUID conversation, UUID group, String query, UUID reply, String text, List<Other> others, Instant said) {}

    /** @param conversation whose words it is; null for none that is still there */
    public record Other(String text, UUID conversation) {}

    /** How many questions of this reply there are. */
    public int questions(UUID reply) {
        return session.createNativeQuery(
                        "select count(distinct impression_id) from past_example where reply_id = :reply", Long.class)
                .setParameter("reply", reply)
                .getSingleResult()
                .intValue();
    }

    public void add(List<Pair> pairs) {
        session.doWork(database -> {
            try (PreparedStatement insert = database.prepareStatement("insert into past_example"
                    + " (conversation_id, impression_id, query, reply_id, reply_text, label, masked_by, said_in, said_at)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
                int waiting = 0;
                for (Pair pair : pairs) {
                    add(insert, pair, pair.reply(), pair.text(), 1, null);
                    for (Other other : pair.others()) {
                        add(insert, pair, null, other.text(), 0, other.conversation());
                    }
                    if (++waiting % BATCH == 0) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
            }
        });
    }

    private static void add(PreparedStatement insert, Pair pair, UUID reply, String text, double label, UUID saidIn)
            throws SQLException {
        insert.setObject(1, pair.conversation());
        insert.setObject(2, pair.group());
        insert.setString(3, PersonalData.masked(pair.query()));
        insert.setObject(4, reply);
        insert.setString(5, PersonalData.masked(text));
        insert.setDouble(6, label);
        insert.setInt(7, PersonalData.RULES);
        insert.setObject(8, saidIn);
        insert.setTimestamp(9, pair.said() == null ? null : Timestamp.from(pair.said()));
        insert.addBatch();
    }

    /** Takes the examples of these conversations back. Snapshots that hold some keep them: runs have learned from these. */
    public int forget(Collection<UUID> conversations) {
        return forget(conversations, List.of());
    }

    /** @param elsewhere examples of other conversations that are gone already */
    private int forget(Collection<UUID> conversations, List<Long> elsewhere) {
        forgotten.fire(new PastExamplesForgotten(conversations, elsewhere));
        return session.createNativeMutationQuery("delete from past_example where conversation_id = any (:gone)")
                .setParameter("gone", conversations.toArray(UUID[]::new))
                .executeUpdate();
    }

    /** @param frozen examples in snapshots that have lost their texts */
    private record Gone(int examples, int frozen) {}

    /** For a customer who wants to be forgotten: out of every snapshot, too, and out of the examples of others' questions. */
    public int erase(Collection<UUID> conversations) {
        return gone(conversations).examples();
    }

    /** The same as part of an erasure, which is told how much that was. */
    public void erase(Collection<UUID> conversations, CustomerErasure erasure) {
        Gone gone = gone(conversations);
        erasure.removed("history-examples", gone.examples());
        erasure.removed("frozen-examples", gone.frozen());
        erasure.marked(snapshots.holding(conversations));
        snapshots.taughtErased(conversations).forEach(erasure::taughtBy);
    }

    private Gone gone(Collection<UUID> conversations) {
        List<Long> elsewhere = session.createNativeQuery(
                        "with gone as (delete from past_example where said_in = any (:gone) returning id) select id from gone",
                        Long.class)
                .setParameter("gone", conversations.toArray(UUID[]::new))
                .getResultList();
        int gone = forget(conversations, elsewhere);
        // This installation's own export may have been imported again.
        session.createNativeMutationQuery("delete from imported_example where conversation_id = any (:gone)")
                .setParameter("gone", conversations.toArray(UUID[]::new))
                .executeUpdate();
        session.createNativeMutationQuery("delete from imported_conversation where id = any (:gone)")
                .setParameter("gone", conversations.toArray(UUID[]::new))
                .executeUpdate();
        snapshots.keepOut(conversations);
        int frozen = snapshots.erase(conversations) + snapshots.eraseExamples(elsewhere);
        return new Gone(gone + elsewhere.size(), frozen);
    }
}

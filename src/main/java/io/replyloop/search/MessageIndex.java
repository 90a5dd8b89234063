package io.replyloop.search;

import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationTexts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** Keeps the words of messages, and how far those from before have been read. */
@ApplicationScoped
@Transactional
class MessageIndex {
    static final int STEP = 1_000;

    /** The letters of 'find'. */
    private static final long LOCK = 0x66696e64L;
    /** A message is stored with the time of its transaction's beginning, more or less, and seen only after its end. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final Duration STEP_OF_TIME = Duration.ofHours(1);

    private final Session session;
    private final ConversationTexts texts;

    MessageIndex(Session session, ConversationTexts texts) {
        this.session = session;
        this.texts = texts;
    }

    /** Adds those that are not there yet; what has been erased meanwhile is left out. */
    void add(List<ConversationEventView> messages) {
        if (messages.isEmpty()) {
            return;
        }
        session.doWork(database -> {
            try (PreparedStatement insert = database.prepareStatement("""
                    insert into searchable_message (conversation_id, sequence, at, source, words)
                    select conversation_id, sequence, ?, ?, array_to_tsvector(?)
                    from conversation_event where conversation_id = ? and sequence = ?
                    for key share
                    on conflict do nothing""")) {
                for (ConversationEventView message : messages) {
                    insert.setTimestamp(1, Timestamp.from(message.at()));
                    insert.setString(2, Source.of(message).wireName());
                    insert.setArray(3, database.createArrayOf("text", SearchWords.ofMessage(message.text())));
                    insert.setObject(4, message.conversation());
                    insert.setLong(5, message.sequence());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    /** Whether all messages from before have been read. */
    boolean isComplete() {
        return session.createNativeQuery("select finished_at is not null from search_progress", Boolean.class)
                .getSingleResult();
    }

    /**
     * Adds some of those that are missing: at first of all there are, later of the last time, since a node may have ended
     * before it could add a message, and one of an earlier version adds none.
     *
     * @return whether to call again at once
     */
    boolean catchUp() {
        boolean isMyTurn = session.createNativeQuery("select pg_try_advisory_xact_lock(:lock)", Boolean.class)
                .setParameter("lock", LOCK)
                .getSingleResult();
        if (!isMyTurn) {
            return false;
        }
        Tuple progress = session.createNativeQuery(
                        "select conversation_id, sequence, coalesce(began_at, now()) as began, finished_at, now() as now"
                                + " from search_progress",
                        Tuple.class)
                .getSingleResult();
        Instant finished = progress.get("finished_at", Instant.class);
        Instant now = progress.get("now", Instant.class);
        return finished == null ? readOn(progress) : lookAgain(finished, now);
    }

    /** What was stored since it began, in conversations that were read already, is looked at again afterwards. */
    private boolean readOn(Tuple progress) {
        Instant began = progress.get("began", Instant.class);
        UUID conversation = progress.get("conversation_id", UUID.class);
        long sequence = conversation == null ? 0 : progress.get("sequence", Long.class);
        List<ConversationEventView> messages = texts.after(conversation, sequence, STEP);
        add(messages);
        if (messages.size() < STEP) {
            finished(began);
            return true;
        }
        ConversationEventView last = messages.get(messages.size() - 1);
        session.createNativeMutationQuery(
                        "update search_progress set conversation_id = :conversation, sequence = :sequence,"
                                + " began_at = :began")
                .setParameter("began", began)
                .setParameter("conversation", last.conversation())
                .setParameter("sequence", last.sequence())
                .executeUpdate();
        return true;
    }

    private boolean lookAgain(Instant finished, Instant now) {
        Instant to = finished.plus(STEP_OF_TIME);
        boolean isLast = !to.isBefore(now);
        add(texts.between(finished.minus(OVERLAP), isLast ? now : to));
        finished(isLast ? now : to);
        return !isLast;
    }

    private void finished(Instant at) {
        session.createNativeMutationQuery("update search_progress set finished_at = :at")
                .setParameter("at", at)
                .executeUpdate();
    }
}

package io.replyloop.reports;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.suggestion.TestChat;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/** Questions and answers at times that a test chooses, made by the product itself and moved there. */
@ApplicationScoped
public class ReportWorld {
    @Inject
    TestChat chat;

    @Inject
    FeedbackService feedback;

    @Inject
    Session database;

    public record Asked(UUID conversation, UUID impression, Instant at) {}

    /** A conversation that begins then, with what was suggested. */
    public Asked asked(Instant at, List<UUID> shown, List<UUID> others, String... messages) {
        UUID conversation = chat.silentConversation(messages);
        UUID impression = chat.impression(conversation, shown, others);
        sql("update conversation_event set created_at = :at where conversation_id = :id", at, conversation);
        sql("update impression set created_at = :at where id = :id", at, impression);
        return new Asked(conversation, impression, at);
    }

    public void answered(Asked asked, SignedInAgent agent, Duration after, String text, UUID reply) {
        UUID message = UUID.randomUUID();
        feedback.send(agent, asked.conversation(), message, text, asked.impression(), reply, null);
        Instant at = asked.at().plus(after);
        sql("update conversation_event set created_at = :at where client_id = :id", at, message);
        sql("update decision set created_at = :at where id = :id", at, message);
    }

    void rejected(Asked asked, SignedInAgent agent, UUID reply) {
        UUID act = UUID.randomUUID();
        feedback.reject(agent, act, asked.impression(), reply, "wrong", null);
        sql("update decision set created_at = :at where id = :id", asked.at(), act);
    }

    /** Of what tests have published long ago, others count nothing. */
    void forgetsWhatWasPublished() {
        change(
                "update reply_version set changed_at = now() where changed_at < :at",
                Map.of("at", Instant.parse("2020-01-01T00:00:00Z")));
    }

    void wrote(UUID conversation, Instant at, String kind, String author, String status) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery(
                                "insert into conversation_event (conversation_id, sequence, public_sequence, kind,"
                                        + " author_kind, client_id, text, status, created_at)"
                                        + " select id, last_sequence + 1, last_public_sequence + 1, :kind, :author,"
                                        + " gen_random_uuid(), 'more', cast(:status as text), :at"
                                        + " from conversation where id = :id")
                        .setParameter("kind", kind)
                        .setParameter("author", author)
                        .setParameter("status", status)
                        .setParameter("at", at)
                        .setParameter("id", conversation)
                        .executeUpdate());
        change(
                "update conversation set last_sequence = last_sequence + 1,"
                        + " last_public_sequence = last_public_sequence + 1 where id = :id",
                Map.of("id", conversation));
    }

    void sql(String statement, Instant at, UUID id) {
        change(statement, Map.of("at", at, "id", id));
    }

    void change(String statement, Map<String, ?> values) {
        QuarkusTransaction.requiringNew().run(() -> {
            var query = database.createNativeMutationQuery(statement);
            values.forEach(query::setParameter);
            query.executeUpdate();
        });
    }
}

package io.replyloop.draft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Drafts in the database. */
@ApplicationScoped
class DraftRows {
    private final Session session;
    private final ObjectMapper json;

    DraftRows(Session session, ObjectMapper json) {
        this.session = session;
        this.json = json;
    }

    record Row(UUID version, long revision, String client, DraftContent content, DraftText aside, Instant editedAt) {
        DraftView view(Instant now) {
            long age = Math.max(0, Duration.between(editedAt, now).toMillis());
            return new DraftView(version, revision, client, age, content, aside);
        }
    }

    Optional<Row> find(UUID agent, UUID conversation) {
        return read(agent, conversation, "");
    }

    /** Until the end of the transaction, nobody else changes it. */
    Optional<Row> lock(UUID agent, UUID conversation) {
        return read(agent, conversation, " for update");
    }

    private Optional<Row> read(UUID agent, UUID conversation, String lock) {
        return session.createNativeQuery(
                        "select version, revision, client, cast(content as text) as content, cast(aside as text) as aside,"
                                + " edited_at from agent_draft where agent_id = :agent and conversation_id = :conversation"
                                + lock,
                        Tuple.class)
                .setParameter("agent", agent)
                .setParameter("conversation", conversation)
                .getResultStream()
                .findFirst()
                .map(this::row);
    }

    private Row row(Tuple tuple) {
        String aside = tuple.get("aside", String.class);
        return new Row(
                tuple.get("version", UUID.class),
                tuple.get("revision", Long.class),
                tuple.get("client", String.class),
                read(tuple.get("content", String.class), DraftContent.class),
                aside == null ? null : read(aside, DraftText.class),
                tuple.get("edited_at", Instant.class));
    }

    long count(UUID agent) {
        return session.createNativeQuery("select count(*) from agent_draft where agent_id = :agent", Long.class)
                .setParameter("agent", agent)
                .getSingleResult();
    }

    long nextRevision() {
        return session.createNativeQuery("select nextval('agent_draft_revision')", Long.class)
                .getSingleResult();
    }

    /** @return false if another device was quicker */
    boolean insert(UUID agent, UUID conversation, Row row) {
        return write(
                        agent,
                        conversation,
                        row,
                        "insert into agent_draft (agent_id, conversation_id, version, revision, client, content, aside, edited_at)"
                                + " values (:agent, :conversation, :version, :revision, :client, cast(:content as jsonb),"
                                + " cast(:aside as jsonb), :editedAt) on conflict do nothing")
                == 1;
    }

    void update(UUID agent, UUID conversation, Row row) {
        write(
                agent,
                conversation,
                row,
                "update agent_draft set version = :version, revision = :revision, client = :client,"
                        + " content = cast(:content as jsonb), aside = cast(:aside as jsonb), edited_at = :editedAt"
                        + " where agent_id = :agent and conversation_id = :conversation");
    }

    private int write(UUID agent, UUID conversation, Row row, String statement) {
        return session.createNativeMutationQuery(statement)
                .setParameter("agent", agent)
                .setParameter("conversation", conversation)
                .setParameter("version", row.version())
                .setParameter("revision", row.revision())
                .setParameter("client", row.client())
                .setParameter("content", write(row.content()))
                .setParameter("aside", row.aside() == null ? null : write(row.aside()), String.class)
                .setParameter("editedAt", row.editedAt())
                .executeUpdate();
    }

    void delete(UUID agent, UUID conversation) {
        session.createNativeMutationQuery(
                        "delete from agent_draft where agent_id = :agent and conversation_id = :conversation")
                .setParameter("agent", agent)
                .setParameter("conversation", conversation)
                .executeUpdate();
    }

    int deleteOf(UUID conversation) {
        return session.createNativeMutationQuery("delete from agent_draft where conversation_id = :conversation")
                .setParameter("conversation", conversation)
                .executeUpdate();
    }

    int deleteEditedBefore(Instant time) {
        return session.createNativeMutationQuery("delete from agent_draft where edited_at < :time")
                .setParameter("time", time)
                .executeUpdate();
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("A draft cannot be written", defect);
        }
    }

    private <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("A draft cannot be read", defect);
        }
    }
}

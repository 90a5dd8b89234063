package io.replyloop.knowledge;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;

/**
 * The changes of one transaction, which form one revision. It begins by locking the revision, so that edits are
 * serialised and no node can see a revision without the earlier ones. It ends with {@link #finish()}, without which
 * nothing is announced.
 */
public final class KnowledgeEdit {
    private static final int BATCH = 100;

    private final EntityManager entities;
    private final AnsweredQuestions questions;
    private final UUID by;
    private final long revision;
    private final List<AnsweredQuestions.Row> newQuestions = new ArrayList<>();
    private final List<ReplyVersion> newVersions = new ArrayList<>();
    private Integer restored;

    KnowledgeEdit(EntityManager entities, AnsweredQuestions questions, UUID by) {
        this.entities = entities;
        this.questions = questions;
        this.by = by;
        revision = RevisionLock.take(entities) + 1;
    }

    /** Adds a reply, with this id unless it is null. The caller has checked the draft and its shortcode. */
    public ReplyView create(UUID id, ReplyDraft draft, ReplyState state) {
        Reply reply = new Reply(id == null ? UUID.randomUUID() : id, draft, state, revision);
        entities.persist(reply);
        changed(reply);
        return reply.view(0, null);
    }

    /** Sets the content and state of a reply; returns false if it has both already. */
    public boolean change(UUID id, ReplyDraft draft, ReplyState state) {
        Reply reply = reply(id);
        boolean edited = reply.edit(draft, revision);
        int version = reply.version;
        boolean moved = reply.change(state, revision);
        if (edited && moved) {
            // One change for the person who made it, so only one version.
            reply.version = version;
        }
        if (edited || moved) {
            changed(reply);
        }
        return edited || moved;
    }

    /** What is changed from now on says again what this version said; null for what is new. */
    void restores(Integer version) {
        restored = version;
    }

    public void addImportedQuestion(UUID reply, AnsweredQuestion question) {
        if (!question.text().isBlank()) {
            String sourceId = AnsweredQuestions.sourceId(reply, question);
            newQuestions.add(new AnsweredQuestions.Row(reply, question, "import", sourceId, revision));
        }
    }

    /** One of a conversation, by which it is found again when that is erased. */
    void addQuestion(UUID reply, AskedQuestion asked) {
        if (!asked.question().text().isBlank()) {
            newQuestions.add(
                    new AnsweredQuestions.Row(reply, asked.question(), "import", asked.sourceId(reply), revision));
        }
    }

    Reply reply(UUID id) {
        Reply reply = entities.find(Reply.class, id);
        if (reply == null) {
            throw Problem.notFound("reply");
        }
        return reply;
    }

    private void changed(Reply reply) {
        newVersions.add(new ReplyVersion(reply, by, restored));
    }

    /** Writes everything and returns the new revision, or null if nothing has changed. */
    Long finish() {
        if (newVersions.isEmpty() && newQuestions.isEmpty()) {
            return null;
        }
        try {
            // An import writes thousands of rows; rows of a kind are written together so that they can be batched.
            entities.unwrap(Session.class).setJdbcBatchSize(BATCH);
            newVersions.forEach(entities::persist);
            entities.flush();
        } catch (ConstraintViolationException taken) {
            if ("reply_shortcode".equals(taken.getConstraintName())) {
                throw new Problem(
                        ProblemCode.CONFLICT,
                        "Two replies would have the same shortcode. Choose another one, or archive the other reply"
                                + " first.",
                        taken);
            }
            throw taken;
        }
        questions.add(newQuestions);
        entities.createNativeQuery("update knowledge_revision set revision = :revision")
                .setParameter("revision", revision)
                .executeUpdate();
        return revision;
    }
}

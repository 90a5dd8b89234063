package io.replyloop.knowledge;

import io.replyloop.audit.AuditAction;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Which replies say the same in several languages. Suggestions do not ask: each reply is found by itself. */
@ApplicationScoped
@Transactional
public class ReplyTranslations {
    private final Session session;
    private final KnowledgeService knowledge;
    private final ReplyRecord record;

    ReplyTranslations(Session session, KnowledgeService knowledge, ReplyRecord record) {
        this.session = session;
        this.knowledge = knowledge;
        this.record = record;
    }

    /** What else says the same, without what is archived, by language. */
    public List<ReplyView> of(UUID id) {
        return knowledge.views(others(knowledge.reply(id)));
    }

    /** Begins a draft that says the same in another language; of two who begin it at once, the second is told. */
    public ReplyView begin(UUID id, ReplyDraft draft, UUID by) {
        RevisionLock.take(session);
        Reply source = knowledge.reply(id);
        requireFree(source, draft.language());
        ReplyView created = knowledge.create(draft, by);
        join(source, knowledge.reply(created.id()));
        record.changed(AuditAction.REPLY_CHANGED, created, "translationOf", null, source.title);
        return created;
    }

    /** Lets two replies belong together that each exist already; doing it again changes nothing. */
    public ReplyView link(UUID id, UUID other) {
        RevisionLock.take(session);
        Reply source = knowledge.reply(id);
        Reply translation = knowledge.reply(other);
        if (source.translations == null || !source.translations.equals(translation.translations)) {
            if (translation.translations != null && !others(translation).isEmpty()) {
                throw new Problem(
                        ProblemCode.CONFLICT,
                        "The reply '" + translation.title
                                + "' belongs to other translations already. Take it out of them first.");
            }
            requireFree(source, translation.language);
            join(source, translation);
            record.changed(AuditAction.REPLY_CHANGED, translation.view(0, null), "translationOf", null, source.title);
        }
        return knowledge.get(id);
    }

    /** Takes a reply out of the group: it stands alone from now on, and the others stay together. */
    public ReplyView unlink(UUID id) {
        RevisionLock.take(session);
        Reply reply = knowledge.reply(id);
        Optional<Reply> other = others(reply).stream().findFirst();
        if (reply.translations != null) {
            put(reply, null);
            other.ifPresent(left ->
                    record.changed(AuditAction.REPLY_CHANGED, reply.view(0, null), "translationOf", left.title, null));
        }
        return knowledge.get(id);
    }

    private List<Reply> others(Reply reply) {
        return TranslationGroup.others(session, reply);
    }

    private void requireFree(Reply source, String language) {
        if (TranslationGroup.isSame(source.language, language)) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "The reply '" + source.title + "' is in this language itself. Choose another language.");
        }
        TranslationGroup.requireFree(session, source, language);
    }

    private void join(Reply source, Reply translation) {
        if (source.translations == null) {
            put(source, UUID.randomUUID());
        }
        put(translation, source.translations);
    }

    /** Beside the entity, whose changes are those of its contents. */
    private void put(Reply reply, UUID group) {
        session.flush();
        session.createNativeMutationQuery("update reply set translations = :group where id = :id")
                .setParameter("group", group, UUID.class)
                .setParameter("id", reply.id)
                .executeUpdate();
        session.refresh(reply);
    }
}

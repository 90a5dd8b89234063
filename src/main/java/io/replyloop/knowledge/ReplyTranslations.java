package io.replyloop.knowledge;

import io.replyloop.audit.AuditAction;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Locale;
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
        return others(reply(id)).stream().map(reply -> reply.view(0, null)).toList();
    }

    /** Begins a draft that says the same in another language. */
    public ReplyView begin(UUID id, ReplyDraft draft, UUID by) {
        lock();
        Reply source = reply(id);
        requireFree(source, draft.language());
        ReplyView created = knowledge.create(draft, by);
        join(source, reply(created.id()));
        return created;
    }

    /** Lets two replies belong together that each exist already; doing it again changes nothing. */
    public ReplyView link(UUID id, UUID other) {
        lock();
        Reply source = reply(id);
        Reply translation = reply(other);
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
        lock();
        Reply reply = reply(id);
        Optional<Reply> other = others(reply).stream().findFirst();
        if (reply.translations != null) {
            put(reply, null);
            other.ifPresent(left ->
                    record.changed(AuditAction.REPLY_CHANGED, reply.view(0, null), "translationOf", left.title, null));
        }
        return knowledge.get(id);
    }

    private List<Reply> others(Reply reply) {
        return session.createQuery(
                        "from Reply r where r.translations = :group and r.id <> :id and r.state <> :archived"
                                + " order by r.language, r.createdAt, r.id",
                        Reply.class)
                .setParameter("group", reply.translations)
                .setParameter("id", reply.id)
                .setParameter("archived", ReplyState.ARCHIVED)
                .getResultList();
    }

    /** One of a language: which of two would stand beside it? */
    private void requireFree(Reply source, String language) {
        if (spoken(source.language).equals(spoken(language))) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "The reply '" + source.title + "' is in this language itself. Choose another language.");
        }
        others(source).stream()
                .filter(other -> spoken(other.language).equals(spoken(language)))
                .findFirst()
                .ifPresent(other -> {
                    throw new Problem(
                            ProblemCode.CONFLICT,
                            "The reply '" + other.title
                                    + "' says the same in this language already. Take it out of the translations first.");
                });
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

    /** One at a time: of two who begin the same translation, the second is told. */
    private void lock() {
        session.createNativeQuery("select revision from knowledge_revision for update", Long.class)
                .getSingleResult();
    }

    private Reply reply(UUID id) {
        return Optional.ofNullable(session.find(Reply.class, id)).orElseThrow(() -> Problem.notFound("reply"));
    }

    private static String spoken(String language) {
        return Locale.forLanguageTag(language).getLanguage();
    }
}

package io.replyloop.knowledge;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Locale;

/** Replies that say the same, one of each language, not counting archived ones. Callers hold the lock of the revision. */
final class TranslationGroup {
    private TranslationGroup() {}

    /** What else says the same, without what is archived, by language. */
    static List<Reply> others(EntityManager entities, Reply reply) {
        return entities.createQuery(
                        "from Reply r where r.translations = :group and r.id <> :id and r.state <> :archived"
                                + " order by r.language, r.createdAt, r.id",
                        Reply.class)
                .setParameter("group", reply.translations)
                .setParameter("id", reply.id)
                .setParameter("archived", ReplyState.ARCHIVED)
                .getResultList();
    }

    /** One of a language: which of two would stand beside it? */
    static void requireFree(EntityManager entities, Reply member, String language) {
        others(entities, member).stream()
                .filter(other -> isSame(other.language, language))
                .findFirst()
                .ifPresent(other -> {
                    throw new Problem(
                            ProblemCode.CONFLICT,
                            "The reply '" + other.title
                                    + "' says the same in this language already. Take it out of the translations first.");
                });
    }

    /** Another language, or the end of being archived, must not make a second one of a language. */
    static void requireOne(EntityManager entities, Reply reply, String language, ReplyState state) {
        boolean counts = reply.translations != null && state != ReplyState.ARCHIVED;
        if (counts && (reply.state == ReplyState.ARCHIVED || !isSame(reply.language, language))) {
            requireFree(entities, reply, language);
        }
    }

    /** Whatever the dialects. */
    static boolean isSame(String language, String other) {
        return spoken(language).equals(spoken(other));
    }

    private static String spoken(String language) {
        return Locale.forLanguageTag(language).getLanguage();
    }
}

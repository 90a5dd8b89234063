package io.replyloop.knowledge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Questions of conversations, many at a time: those of an import, which can be taken back as a whole. */
@ApplicationScoped
@Transactional
public class ConversationQuestions {
    private final KnowledgeService knowledge;
    private final AnsweredQuestions questions;
    private final Event<KnowledgeChanged> changes;

    ConversationQuestions(KnowledgeService knowledge, AnsweredQuestions questions, Event<KnowledgeChanged> changes) {
        this.knowledge = knowledge;
        this.questions = questions;
        this.changes = changes;
    }

    /** Stores that replies have answered them; those that are there already are not stored again. */
    public void remember(Map<UUID, List<AskedQuestion>> answered) {
        KnowledgeEdit edit = knowledge.edit(null);
        answered.forEach((reply, asked) -> asked.forEach(question -> edit.addQuestion(reply, question)));
        knowledge.finish(edit);
    }

    /**
     * Forgets all that replies have answered in these conversations; every index is made anew without it.
     *
     * @return how many questions that were
     */
    public int forget(Collection<UUID> conversations) {
        AnsweredQuestions.Erased erased = questions.forget(conversations);
        if (erased.revision() > 0) {
            changes.fire(new KnowledgeChanged(erased.revision()));
        }
        return erased.questions();
    }
}

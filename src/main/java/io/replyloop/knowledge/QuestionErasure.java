package io.replyloop.knowledge;

import io.replyloop.privacy.CustomerErasure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;

/** Removes the questions of a customer who is erased, and makes every index forget them. */
@ApplicationScoped
@Transactional
class QuestionErasure {
    private final AnsweredQuestions questions;
    private final Event<KnowledgeChanged> changes;

    QuestionErasure(AnsweredQuestions questions, Event<KnowledgeChanged> changes) {
        this.questions = questions;
        this.changes = changes;
    }

    void erase(@Observes CustomerErasure erasure) {
        if (erasure.conversation() != null) {
            AnsweredQuestions.Erased erased = questions.erase(erasure.decisions(), erasure.conversation());
            erasure.removed("answered-questions", erased.questions());
            if (erased.revision() > 0) {
                changes.fire(new KnowledgeChanged(erased.revision()));
            }
        }
    }
}

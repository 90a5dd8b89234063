package io.replyloop.knowledge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Objects;
import java.util.UUID;

/** Corrects what was remembered of a decision: a wrong answer must not be suggested again to the next who asks. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class DecisionMemory {
    private final KnowledgeService knowledge;
    private final AnsweredQuestions questions;
    private final Event<KnowledgeChanged> changes;

    DecisionMemory(KnowledgeService knowledge, AnsweredQuestions questions, Event<KnowledgeChanged> changes) {
        this.knowledge = knowledge;
        this.questions = questions;
        this.changes = changes;
    }

    public RememberedDecision of(UUID decision) {
        return questions.ofDecision(decision);
    }

    /**
     * Replaces what is remembered. What an index has learned it cannot unlearn, so it is made anew as after an erasure if
     * something is forgotten. Holds the lock of the knowledge revision until the transaction ends, so call it last.
     *
     * @param query the last turns, joined by newlines, oldest first
     * @param question the customer's newest burst, with which the query ends
     */
    public void replace(UUID decision, String query, String question, RememberedDecision wanted) {
        RememberedDecision before = of(decision);
        boolean answerStays = Objects.equals(before.answered(), wanted.answered());
        boolean rejectionStays = Objects.equals(before.rejected(), wanted.rejected());
        boolean answerGoes = before.answered() != null && !answerStays;
        boolean rejectionGoes = before.rejected() != null && !rejectionStays;
        if (answerGoes || rejectionGoes) {
            changes.fire(new KnowledgeChanged(questions.forget(decision, answerGoes, rejectionGoes)));
        }
        if (wanted.answered() != null && !answerStays) {
            knowledge.rememberAnswer(wanted.answered(), query, question, decision);
        }
        if (wanted.rejected() != null && !rejectionStays) {
            knowledge.rememberRejection(wanted.rejected(), wanted.version(), query, question, decision);
        }
    }
}

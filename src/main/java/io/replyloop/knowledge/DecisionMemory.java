package io.replyloop.knowledge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Corrects what was remembered of decisions: a wrong answer must not be suggested again to the next who asks. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class DecisionMemory {
    private final EntityManager entities;
    private final AnsweredQuestions questions;
    private final Event<KnowledgeChanged> changes;

    DecisionMemory(EntityManager entities, AnsweredQuestions questions, Event<KnowledgeChanged> changes) {
        this.entities = entities;
        this.questions = questions;
        this.changes = changes;
    }

    public RememberedDecision of(UUID decision) {
        return questions.ofDecision(decision);
    }

    /**
     * What is to be remembered of a decision.
     *
     * @param query the last turns, joined by newlines, oldest first
     * @param question the customer's newest burst, with which the query ends
     */
    public record Wanted(UUID decision, String query, String question, RememberedDecision memory) {}

    /**
     * Forgets that the reply was rejected for the question, as if an agent had answered with it.
     *
     * @param except decisions whose own memory is being corrected
     * @return what was forgotten, for whoever takes the correction back
     */
    public List<ForgottenRejection> forgetRejections(UUID reply, String query, String question, Set<UUID> except) {
        return questions.forgetRejections(reply, AnsweredQuestion.of(query, question), except);
    }

    /**
     * Replaces what is remembered of these decisions, in one revision. What an index has learned it cannot unlearn, so it
     * is made anew if something is forgotten. Holds the lock of the knowledge revision until the transaction ends, so call
     * it last.
     */
    public void replace(Collection<Wanted> all) {
        List<UUID> answersGo = new ArrayList<>();
        List<UUID> rejectionsGo = new ArrayList<>();
        List<Wanted> answers = new ArrayList<>();
        List<AnsweredQuestions.Rejection> rejections = new ArrayList<>();
        for (Wanted wanted : all) {
            RememberedDecision before = of(wanted.decision());
            RememberedDecision after = wanted.memory();
            AnsweredQuestion asked = AnsweredQuestion.of(wanted.query(), wanted.question());
            boolean isQuestion = !asked.text().isBlank();
            if (!Objects.equals(before.answered(), after.answered())) {
                if (before.answered() != null) {
                    answersGo.add(wanted.decision());
                }
                if (after.answered() != null && isQuestion) {
                    answers.add(wanted);
                }
            }
            if (!Objects.equals(before.rejected(), after.rejected())) {
                if (before.rejected() != null) {
                    rejectionsGo.add(wanted.decision());
                }
                if (after.rejected() != null && isQuestion) {
                    rejections.add(new AnsweredQuestions.Rejection(
                            after.rejected(), after.version(), asked, wanted.decision()));
                }
            }
        }
        boolean forgets = !answersGo.isEmpty() || !rejectionsGo.isEmpty();
        if (!forgets && answers.isEmpty() && rejections.isEmpty()) {
            return;
        }
        entities.flush();
        long revision = questions.step(forgets);
        questions.forgetAnswers(answersGo);
        questions.forgetRejections(rejectionsGo);
        questions.add(answers.stream()
                .map(wanted -> new AnsweredQuestions.Row(
                        wanted.memory().answered(),
                        AnsweredQuestion.of(wanted.query(), wanted.question()),
                        "decision",
                        wanted.decision().toString(),
                        revision))
                .toList());
        rejections.forEach(rejection -> questions.addRejection(rejection, revision));
        changes.fire(new KnowledgeChanged(revision));
    }
}

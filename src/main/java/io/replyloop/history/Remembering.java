package io.replyloop.history;

import io.replyloop.history.HistoryStore.AnswerRow;
import io.replyloop.history.HistoryStore.Stored;
import io.replyloop.history.HistoryStore.Work;
import io.replyloop.history.TaughtPairs.Asked;
import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.AskedQuestion;
import io.replyloop.knowledge.ConversationQuestions;
import io.replyloop.knowledge.KnowledgeService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Remembers what agents answered in the words of published replies, some conversations in each transaction. */
@ApplicationScoped
class Remembering {
    private static final int TOGETHER = 200;

    private final HistoryStore store;
    private final ConversationQuestions knowledge;
    private final KnowledgeService replies;
    private final TaughtPairs taught;
    private final Remembering self;

    Remembering(
            HistoryStore store,
            ConversationQuestions knowledge,
            KnowledgeService replies,
            TaughtPairs taught,
            Remembering self) {
        this.store = store;
        this.knowledge = knowledge;
        this.replies = replies;
        this.taught = taught;
        this.self = self;
    }

    void run(Work work) {
        long total = store.report(work.id()).conversations();
        int after = (int) work.done() - 1;
        int next = self.remember(work, after, total);
        while (next > after) {
            after = next;
            next = self.remember(work, after, total);
        }
        store.advance(work, HistoryState.IMPORTED, null);
    }

    /** @return the place of the last conversation; the same where there are no more */
    @Transactional
    int remember(Work work, int after, long total) {
        store.lockToLearn(work);
        List<Stored> some = store.conversations(work.id(), after, TOGETHER);
        if (some.isEmpty()) {
            return after;
        }
        Map<UUID, List<AnswerRow>> matched = new HashMap<>();
        store.matched(some.stream().map(Stored::id).toList())
                .forEach(row -> matched.computeIfAbsent(row.conversation(), unknown -> new ArrayList<>())
                        .add(row));
        Map<UUID, List<AskedQuestion>> questions = new HashMap<>();
        Map<UUID, List<Asked>> pairs = new HashMap<>();
        for (Stored conversation : some) {
            List<AnswerRow> rows = matched.getOrDefault(conversation.id(), List.of());
            if (!rows.isEmpty()) {
                Map<Integer, Answer> answers = new HashMap<>();
                Answer.of(StoredTurns.read(conversation.messages()))
                        .forEach(answer -> answers.put(answer.turn(), answer));
                for (AnswerRow row : rows) {
                    Answer answer = answers.get(row.turn());
                    if (answer.hasQuestion()) {
                        questions
                                .computeIfAbsent(row.reply(), unknown -> new ArrayList<>())
                                .add(asked(conversation.id(), answer));
                        pairs.computeIfAbsent(row.reply(), unknown -> new ArrayList<>())
                                .add(new Asked(
                                        conversation.id(),
                                        answer,
                                        conversation.times().at(row.turn())));
                    }
                }
            }
        }
        if (!questions.isEmpty()) {
            questions
                    .keySet()
                    .forEach(reply -> taught.add(
                            work.id(), null, reply, replies.get(reply).text(), pairs.get(reply)));
            // Last, since agents' answers wait for its lock.
            knowledge.remember(questions);
        }
        int last = some.get(some.size() - 1).place();
        store.progress(work, "importing", last + 1L, total);
        return last;
    }

    /** By its conversation and turn it is known again: nothing is remembered twice, and all of it can be forgotten. */
    static AskedQuestion asked(UUID conversation, Answer answer) {
        return new AskedQuestion(AnsweredQuestion.of(answer.query(), answer.question()), conversation, answer.turn());
    }
}

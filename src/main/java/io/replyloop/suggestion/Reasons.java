package io.replyloop.suggestion;

import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.privacy.PersonalData;
import io.replyloop.retrieval.Retrieval;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** Tells why replies are suggested, from what retrieval has found anyway; no model is asked once more. */
@ApplicationScoped
class Reasons {
    private static final int MOST_WORDS = 4;
    private static final int LONGEST_QUESTION = 160;

    /** Where nothing else can be told, a similarity above this is worth a word. */
    private static final double NEAR = 0.5;

    private final Session session;
    private final Retrieval retrieval;
    private final Reasons self;

    Reasons(Session session, Retrieval retrieval, Reasons self) {
        this.session = session;
        this.retrieval = retrieval;
        this.self = self;
    }

    /** @param before the answered question that is the most like this one; null for none */
    record Shown(UUID reply, Long before, double meaning) {}

    /** @return for each reply of which anything can be told */
    Map<UUID, Why> of(String question, Collection<Shown> shown) {
        List<Long> ids =
                shown.stream().map(Shown::before).filter(Objects::nonNull).toList();
        Map<Long, Why> before = ids.isEmpty() ? Map.of() : self.answered(ids);
        List<UUID> others = shown.stream()
                .filter(one -> one.before() == null || !before.containsKey(one.before()))
                .map(Shown::reply)
                .toList();
        Map<UUID, List<String>> words =
                others.isEmpty() ? Map.of() : retrieval.fittingWords(question, others, MOST_WORDS);
        Map<UUID, Why> reasons = new HashMap<>();
        for (Shown one : shown) {
            if (one.before() != null && before.containsKey(one.before())) {
                reasons.put(one.reply(), before.get(one.before()));
            } else if (words.containsKey(one.reply())) {
                reasons.put(one.reply(), Why.words(words.get(one.reply())));
            } else if (one.meaning() > NEAR) {
                reasons.put(one.reply(), Why.meaning());
            }
        }
        return reasons;
    }

    /** Those of these questions that have not been forgotten meanwhile. */
    @Transactional
    Map<Long, Why> answered(List<Long> ids) {
        return session.createNativeQuery(
                        "select q.id, q.question, q.masked_by, a.id as agent, a.name from answered_question q"
                                + " left join decision d on d.id = case when q.source = 'decision' then cast(q.source_id as uuid) end"
                                + " left join agent_account a on a.id = d.agent_id where q.id = any(:ids)",
                        Tuple.class)
                .setParameter("ids", ids.toArray(Long[]::new))
                .getResultStream()
                .collect(Collectors.toMap(row -> row.get("id", Long.class), Reasons::why));
    }

    private static Why why(Tuple row) {
        String stored = row.get("question", String.class);
        boolean current = row.get("masked_by", Number.class).intValue() >= PersonalData.RULES;
        String question =
                current ? stored : AnsweredQuestion.masking(stored, "").text();
        UUID agent = row.get("agent", UUID.class);
        Person by = agent == null ? null : new Person(agent, row.get("name", String.class));
        return Why.before(beginning(question), by);
    }

    private static String beginning(String question) {
        String line = question.replace('\n', ' ').strip();
        return line.codePointCount(0, line.length()) <= LONGEST_QUESTION
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_QUESTION)) + "…";
    }
}

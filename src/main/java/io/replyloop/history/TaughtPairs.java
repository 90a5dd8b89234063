package io.replyloop.history;

import io.replyloop.dataset.PastExamples;
import io.replyloop.gaps.SimilarReplies;
import io.replyloop.platform.Script;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/** Makes examples of questions that agents answered: the reply fits, and some other drafts of the import do not. */
@ApplicationScoped
@Transactional
class TaughtPairs {
    /** Of one reply: so that a run is not busy with the replies that everybody uses. */
    private static final int MOST = 20;

    private static final int OTHERS = 4;
    private static final int LOOKED_AT = 200;
    /** Drafts that share more of their words are near enough to be right as well. */
    private static final double MAY_SAY_THE_SAME = 0.4;

    private final Session session;
    private final PastExamples examples;

    TaughtPairs(Session session, PastExamples examples) {
        this.session = session;
        this.examples = examples;
    }

    /**
     * What an agent answered in a conversation.
     *
     * @param said when; null where the file does not tell
     */
    record Asked(UUID conversation, Answer answer, Instant said) {}

    /** @param draft whose text is no other one; null where the reply was there before */
    void add(UUID importId, UUID draft, UUID reply, String text, List<Asked> pairs) {
        int room = Math.max(0, MOST - examples.questions(reply));
        List<PastExamples.Other> others = others(importId, draft, text);
        List<PastExamples.Pair> made = new ArrayList<>();
        for (Asked pair : pairs.subList(0, Math.min(room, pairs.size()))) {
            UUID group = UUID.nameUUIDFromBytes(
                    (pair.conversation() + ":" + pair.answer().turn() + ":" + reply).getBytes(StandardCharsets.UTF_8));
            made.add(new PastExamples.Pair(
                    pair.conversation(), group, pair.answer().query(), reply, text, some(others, group), pair.said()));
        }
        examples.add(made);
    }

    private List<PastExamples.Other> others(UUID importId, UUID draft, String text) {
        List<Tuple> found = session.createNativeQuery(
                        "select text, conversation_id from history_draft where import_id = :import and not small_talk"
                                + " and id is distinct from cast(:draft as uuid) order by place limit :most",
                        Tuple.class)
                .setParameter("import", importId)
                .setParameter("draft", draft == null ? null : draft.toString())
                .setParameter("most", LOOKED_AT)
                .getResultList();
        return found.stream()
                .map(row ->
                        new PastExamples.Other(row.get("text", String.class), row.get("conversation_id", UUID.class)))
                .filter(other -> isWrong(other.text(), text))
                .toList();
    }

    /** Whether it is certain enough that it does not answer what the text answers. */
    static boolean isWrong(String other, String text) {
        return Script.of(text).suits(Script.of(other))
                && SimilarReplies.shared(SimilarReplies.words(text), SimilarReplies.words(other)) < MAY_SAY_THE_SAME;
    }

    /** Chosen as good as by chance, and the same each time. */
    private static List<PastExamples.Other> some(List<PastExamples.Other> others, UUID group) {
        Set<PastExamples.Other> some = new LinkedHashSet<>();
        int at = Math.floorMod(group.hashCode(), Math.max(1, others.size()));
        for (int i = 0; i < Math.min(OTHERS, others.size()); i++) {
            some.add(others.get((int) ((at + (long) i * others.size() / OTHERS) % others.size())));
        }
        return List.copyOf(some);
    }
}

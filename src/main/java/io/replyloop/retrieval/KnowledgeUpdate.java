package io.replyloop.retrieval;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.KnowledgeFeed;
import io.replyloop.knowledge.ReplyText;
import io.replyloop.retrieval.Meanings.UnreadQuestion;
import io.replyloop.retrieval.Meanings.UnreadReply;
import io.replyloop.retrieval.VectorStore.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Applies changes from the feed. A failure half-way is harmless: the same changes are read and applied again. */
final class KnowledgeUpdate implements KnowledgeFeed.Reader {
    private static final Logger LOG = Logger.getLogger(KnowledgeUpdate.class);
    /** Vectors that are looked up in the database together. */
    private static final int TOGETHER = 1_000;
    /** Up to this many new texts are encoded immediately, so that they can be found by meaning without delay. */
    private static final int AT_ONCE = 16;
    /** Up to this many examples, learning waits until everything has been read; more would take too much memory. */
    private static final int LEARNED_AFTERWARDS = 10_000;

    private final ReplyIndex index;
    private final Meanings meanings;
    private final List<UnreadReply> newReplies = new ArrayList<>();
    private final Map<Kind, List<UnreadQuestion>> newQuestions = new EnumMap<>(Kind.class);
    private final Map<Kind, List<UnreadQuestion>> unreadQuestions = new EnumMap<>(Kind.class);
    private Map<UUID, Published> replies;
    private boolean copied;
    private int order;
    private int unread;
    private int told;

    KnowledgeUpdate(ReplyIndex index, Map<UUID, Published> replies, Meanings meanings) {
        this.index = index;
        this.replies = replies;
        this.meanings = meanings;
        order = replies.values().stream().mapToInt(Published::order).max().orElse(0);
        for (Kind kind : Kind.values()) {
            newQuestions.put(kind, new ArrayList<>());
            unreadQuestions.put(kind, new ArrayList<>());
        }
    }

    @Override
    public void published(UUID id, int version, String title, String text, String language, String category) {
        index.put(new IndexedReply(id, title, text, language));
        Published before = replies.get(id);
        int place = before == null ? ++order : before.order();
        own().put(
                        id,
                        new Published(
                                id,
                                version,
                                title,
                                text,
                                language + ' ' + ReplyText.key(text),
                                language,
                                category,
                                place));
        newReplies.add(new UnreadReply(id, version, title, text));
    }

    @Override
    public void withdrawn(UUID reply) {
        index.remove(reply);
        own().remove(reply);
    }

    /** Searches still use the old map, so it is copied before the first change; most updates bring only questions. */
    private Map<UUID, Published> own() {
        if (!copied) {
            replies = new HashMap<>(replies);
            copied = true;
        }
        return replies;
    }

    @Override
    public void answered(long id, UUID reply, AnsweredQuestion question) {
        asked(Kind.ANSWERED, new UnreadQuestion(id, reply, question));
    }

    @Override
    public void rejected(long id, UUID reply, AnsweredQuestion question) {
        asked(Kind.REJECTED, new UnreadQuestion(id, reply, question));
    }

    private void asked(Kind kind, UnreadQuestion question) {
        newQuestions.get(kind).add(question);
        if (newQuestions.get(kind).size() >= TOGETHER) {
            index(kind);
        }
    }

    private void index(Kind kind) {
        List<UnreadQuestion> questions = newQuestions.get(kind);
        if (questions.isEmpty()) {
            return;
        }
        Map<Long, float[]> known = known(kind, questions);
        for (UnreadQuestion question : questions) {
            float[] meaning = known.get(question.id());
            kind.tell(index, question.indexed(meaning));
            if (meaning == null && unread++ < AT_ONCE) {
                unreadQuestions.get(kind).add(question);
            }
        }
        questions.clear();
        told += known.size();
        if (told > LEARNED_AFTERWARDS) {
            index.learn();
        }
    }

    private Map<Long, float[]> known(Kind kind, List<UnreadQuestion> questions) {
        if (meanings == null) {
            return Map.of();
        }
        try {
            return meanings.known(
                    kind, questions.stream().map(UnreadQuestion::id).toList());
        } catch (SQLException | RuntimeException failure) {
            return later(failure);
        }
    }

    private Map<UUID, float[]> known(List<UnreadReply> unread) {
        try {
            return meanings.known(unread);
        } catch (SQLException | RuntimeException failure) {
            return later(failure);
        }
    }

    /** The index knows what is missing; background encoding adds it later. */
    private <T> Map<T, float[]> later(Exception failure) {
        LOG.debugf(failure, "Could not look up vectors; trying again later");
        return Map.of();
    }

    /** Called once the feed has delivered everything. */
    void finish() {
        for (Kind kind : Kind.values()) {
            index(kind);
        }
        if (meanings == null) {
            return;
        }
        Map<UUID, float[]> known = newReplies.isEmpty() ? Map.of() : known(newReplies);
        known.forEach(index::understand);
        List<UnreadReply> unreadReplies = newReplies.stream()
                .filter(reply -> !known.containsKey(reply.id()))
                .toList();
        unread += unreadReplies.size();
        if (unread > 0 && unread <= AT_ONCE) {
            readAtOnce(unreadReplies);
        }
    }

    private void readAtOnce(List<UnreadReply> unreadReplies) {
        try {
            Map<UUID, float[]> ofReplies = meanings.read(unreadReplies, true);
            ofReplies.forEach(index::understand);
            Map<Kind, Map<Long, float[]>> ofQuestions = new EnumMap<>(Kind.class);
            for (Kind kind : Kind.values()) {
                List<UnreadQuestion> questions = unreadQuestions.get(kind);
                Map<Long, float[]> read = meanings.readQuestions(questions, true);
                questions.forEach(question -> index.understand(kind, question.indexed(read.get(question.id()))));
                ofQuestions.put(kind, read);
            }
            meanings.keep(unreadReplies, ofReplies);
            for (Kind kind : Kind.values()) {
                meanings.keep(kind, ofQuestions.get(kind));
            }
        } catch (SQLException | RuntimeException failure) {
            if (index.isDead()) {
                throw new IllegalStateException("The index can no longer be written", failure);
            }
            LOG.debugf(failure, "Could not encode new texts or store their vectors; trying again later");
        }
    }

    Map<UUID, Published> replies() {
        return replies;
    }
}

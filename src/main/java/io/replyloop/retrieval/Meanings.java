package io.replyloop.retrieval;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.retrieval.VectorStore.Kind;
import io.replyloop.retrieval.VectorStore.OfVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The embeddings of replies and questions from one encoder: read from the database if any node has computed them
 * before, otherwise computed.
 */
final class Meanings {
    /** Increased whenever vectors are composed differently. */
    private static final String FORMAT = "/1";

    private static final int LONGEST_VERSION = 40;

    private final TextVectors encoder;
    private final VectorStore store;
    private final String key;

    Meanings(TextVectors encoder, VectorStore store) {
        this.encoder = encoder;
        this.store = store;
        String version = encoder.version();
        key = version.substring(0, Math.min(LONGEST_VERSION, version.length())) + FORMAT;
    }

    TextVectors encoder() {
        return encoder;
    }

    /** Identifies these vectors in the database. */
    String key() {
        return key;
    }

    /** A reply without an embedding. */
    record UnreadReply(UUID id, int version, String title, String text) {}

    record UnreadQuestion(long id, UUID reply, AnsweredQuestion question) {
        IndexedQuestion indexed(float[] meaning) {
            return new IndexedQuestion(Long.toString(id), reply, question.context(), question.text(), meaning);
        }
    }

    private CompletableFuture<List<float[]>> of(List<AnsweredQuestion> questions, boolean urgent) {
        List<String> texts = new ArrayList<>();
        for (AnsweredQuestion question : questions) {
            texts.add(question.text());
            if (!question.context().isBlank()) {
                texts.add(question.context());
            }
        }
        return encoder.of(texts, urgent).thenApply(vectors -> {
            List<float[]> moments = new ArrayList<>();
            int next = 0;
            for (AnsweredQuestion question : questions) {
                float[] text = vectors.get(next++);
                float[] context = question.context().isBlank() ? null : vectors.get(next++);
                moments.add(MeaningVector.of(question.text().isBlank() ? new float[text.length] : text, context));
            }
            return moments;
        });
    }

    /** The stored embeddings of the current versions of these replies. */
    Map<UUID, float[]> known(List<UnreadReply> replies) throws SQLException {
        Map<UUID, OfVersion> stored =
                store.replies(key, replies.stream().map(UnreadReply::id).toList());
        Map<UUID, float[]> known = new HashMap<>();
        for (UnreadReply reply : replies) {
            OfVersion vector = stored.get(reply.id());
            if (vector != null && vector.version() == reply.version()) {
                known.put(reply.id(), vector.vector());
            }
        }
        return known;
    }

    Map<Long, float[]> known(Kind kind, Collection<Long> questions) throws SQLException {
        Map<Long, float[]> known = store.questions(kind, key, questions);
        known.replaceAll((id, vector) -> MeaningVector.whole(vector, encoder.dimension()));
        return known;
    }

    /** Those of these questions that still exist. */
    List<UnreadQuestion> texts(Kind kind, Collection<Long> questions) throws SQLException {
        return store.texts(kind, questions);
    }

    /** Encodes these replies. */
    Map<UUID, float[]> read(List<UnreadReply> replies, boolean urgent) {
        if (replies.isEmpty()) {
            return Map.of();
        }
        List<float[]> vectors = ReplyVector.of(
                        encoder,
                        replies.stream()
                                .map(reply -> new ReplyVector.Written(reply.title(), reply.text()))
                                .toList(),
                        urgent)
                .join();
        Map<UUID, float[]> read = new HashMap<>();
        for (int i = 0; i < vectors.size(); i++) {
            read.put(replies.get(i).id(), vectors.get(i));
        }
        return read;
    }

    Map<Long, float[]> readQuestions(List<UnreadQuestion> questions, boolean urgent) {
        if (questions.isEmpty()) {
            return Map.of();
        }
        List<float[]> vectors = of(
                        questions.stream().map(UnreadQuestion::question).toList(), urgent)
                .join();
        Map<Long, float[]> read = new HashMap<>();
        for (int i = 0; i < vectors.size(); i++) {
            read.put(questions.get(i).id(), vectors.get(i));
        }
        return read;
    }

    /** Stores new embeddings for all nodes. */
    void keep(List<UnreadReply> replies, Map<UUID, float[]> read) throws SQLException {
        Map<UUID, OfVersion> stored = new HashMap<>();
        replies.forEach(reply -> stored.put(reply.id(), new OfVersion(reply.version(), read.get(reply.id()))));
        if (!stored.isEmpty()) {
            store.addReplies(key, stored);
        }
    }

    void keep(Kind kind, Map<Long, float[]> read) throws SQLException {
        Map<Long, float[]> stored = new HashMap<>();
        read.forEach((id, vector) -> stored.put(id, MeaningVector.brief(vector)));
        if (!stored.isEmpty()) {
            store.addQuestions(kind, key, stored);
        }
    }

    /** Records that these vectors are in use, so that they are kept. */
    void use() throws SQLException {
        store.use(key);
    }
}

package io.replyloop.lab.evaluation;

import io.replyloop.bert.network.Encoder;
import io.replyloop.lab.corpus.CachedVectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Cosine similarity of frozen vectors: of the question to each reply, or to the reply or its nearest answered question,
 * whichever is larger.
 */
final class CosineBaseline implements Suggester {
    private final CachedVectors vectors;
    private final boolean remembers;
    private final Map<UUID, List<float[]>> examples = new HashMap<>();

    /** @param remembers whether answered questions are used */
    CosineBaseline(CachedVectors vectors, boolean remembers) {
        this.vectors = vectors;
        this.remembers = remembers;
    }

    @Override
    public void publish(KnowledgeBase.Reply reply) {
        add(reply.id(), text(reply));
    }

    /** The text of a reply that is encoded. */
    static String text(KnowledgeBase.Reply reply) {
        return reply.title() + "\n" + reply.text();
    }

    @Override
    public void decided(Moment moment, UUID reply) {
        if (remembers) {
            add(reply, moment.withContext());
        }
    }

    private void add(UUID reply, String text) {
        examples.computeIfAbsent(reply, unknown -> new ArrayList<>()).add(vectors.of(text));
    }

    @Override
    public Suggestions suggest(Moment moment) {
        float[] asked = vectors.of(moment.withContext());
        Map<UUID, Double> scores = new HashMap<>();
        examples.forEach((reply, own) -> scores.put(
                reply,
                own.stream()
                        .mapToDouble(vector -> Encoder.product(asked, vector))
                        .max()
                        .orElseThrow()));
        return Suggestions.byScore(scores);
    }

    @Override
    public void close() {
        examples.clear();
    }
}

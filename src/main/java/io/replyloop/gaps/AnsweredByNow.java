package io.replyloop.gaps;

import io.replyloop.retrieval.Candidate;
import io.replyloop.retrieval.PublishedMeanings;
import io.replyloop.retrieval.PublishedMeanings.PublishedReply;
import io.replyloop.suggestion.ImpressionService;
import io.replyloop.suggestion.ImpressionView;
import io.replyloop.suggestion.SuggestionService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.util.VectorUtil;

/**
 * Whether the knowledge base answers a question by now: a published reply says nearly the same as the question, or has
 * answered one that is nearly the same, or would be shown to an agent. What agents were shown when it was asked is no
 * answer to it, as long as it says what it said then.
 */
@ApplicationScoped
class AnsweredByNow {
    /** Of the demo shop's 286 questions, 23 are as near to the reply that answers them, and none to another. */
    private static final double NEAR_A_REPLY = 0.75;
    /** Questions are nearer to one another than to replies. */
    private static final double NEAR_A_QUESTION = 0.85;

    private final ImpressionService impressions;
    private final SuggestionService suggestions;

    AnsweredByNow(ImpressionService impressions, SuggestionService suggestions) {
        this.impressions = impressions;
        this.suggestions = suggestions;
    }

    /**
     * @param vector what the question means to the encoder of that moment; null for words alone
     * @param ranking whether to find out what would be shown, which takes a moment of the model's time
     */
    boolean isAnswered(OpenQuestion question, float[] vector, PublishedMeanings.Moment knowledge, boolean ranking) {
        Map<UUID, Integer> versions = new HashMap<>();
        knowledge.replies().forEach(reply -> versions.put(reply.id(), reply.version()));
        if (versions.isEmpty()) {
            return false;
        }
        Map<UUID, Integer> near = vector == null ? Map.of() : near(vector, knowledge, versions);
        if (near.isEmpty() && !ranking) {
            return false;
        }
        Map<UUID, Integer> seen = new HashMap<>();
        impressions
                .find(question.id())
                .map(ImpressionView::shown)
                .ifPresent(shown -> shown.forEach(candidate -> seen.put(candidate.reply(), candidate.version())));
        return near.entrySet().stream().anyMatch(reply -> isNew(reply.getKey(), reply.getValue(), seen))
                || ranking
                        && suggestions.wouldShow(question.query(), question.text()).stream()
                                .anyMatch(candidate -> isNew(candidate, seen));
    }

    private static Map<UUID, Integer> near(
            float[] vector, PublishedMeanings.Moment knowledge, Map<UUID, Integer> versions) {
        Map<UUID, Integer> near = new HashMap<>();
        for (PublishedReply reply : knowledge.replies()) {
            if (reply.meaning() != null && VectorUtil.dotProduct(reply.meaning(), vector) >= NEAR_A_REPLY) {
                near.put(reply.id(), reply.version());
            }
        }
        knowledge.answered(vector).forEach((reply, nearness) -> {
            if (nearness >= NEAR_A_QUESTION && versions.containsKey(reply)) {
                near.put(reply, versions.get(reply));
            }
        });
        return near;
    }

    private static boolean isNew(Candidate candidate, Map<UUID, Integer> seen) {
        return isNew(candidate.reply(), candidate.version(), seen);
    }

    private static boolean isNew(UUID reply, int version, Map<UUID, Integer> seen) {
        return seen.getOrDefault(reply, -1) != version;
    }
}

package io.replyloop.feedback;

import io.replyloop.knowledge.ReplyUsage;
import io.replyloop.suggestion.ImpressionService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Provides the knowledge base with the number of times its replies were suggested and sent. */
@ApplicationScoped
class SuggestionUsage implements ReplyUsage {
    private final ImpressionService impressions;
    private final FeedbackService feedback;

    SuggestionUsage(ImpressionService impressions, FeedbackService feedback) {
        this.impressions = impressions;
        this.feedback = feedback;
    }

    @Override
    public Map<UUID, Count> of(Collection<UUID> replies) {
        if (replies.isEmpty()) {
            return Map.of();
        }
        Map<UUID, Long> shown = impressions.timesShown(replies);
        Map<UUID, Long> sent = feedback.timesSent(replies);
        Map<UUID, Count> counts = new HashMap<>();
        replies.forEach(
                reply -> counts.put(reply, new Count(shown.getOrDefault(reply, 0L), sent.getOrDefault(reply, 0L))));
        return counts;
    }
}

package io.replyloop.desk;

import io.replyloop.conversation.OutsideConversations;
import io.replyloop.suggestion.ImpressionService;
import io.replyloop.suggestion.OutsideSuggestions;
import io.replyloop.suggestion.SuggestionsView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** Stores the suggestions for a question of a program, once for each request. */
@ApplicationScoped
@Transactional
class AskedElsewhere {
    private final OutsideConversations conversations;
    private final ImpressionService impressions;
    private final ProgramRequests requests;

    AskedElsewhere(OutsideConversations conversations, ImpressionService impressions, ProgramRequests requests) {
        this.conversations = conversations;
        this.impressions = impressions;
        this.requests = requests;
    }

    /** @param earlier of the same request, which was answered meanwhile; null for what is stored now */
    record Outcome(SuggestionsView stored, ProgramRequests.Earlier earlier) {}

    Outcome store(
            ProgramRequests.Request request, UUID conversation, String customerName, OutsideSuggestions.Found found) {
        Optional<ProgramRequests.Earlier> earlier = requests.claim(request);
        if (earlier.isPresent()) {
            return new Outcome(null, earlier.get());
        }
        long number = conversations.nextQuestion(conversation);
        SuggestionsView stored = impressions.recordOutside(conversation, number, customerName, found);
        requests.done(request, stored.impression(), false);
        return new Outcome(stored, null);
    }
}

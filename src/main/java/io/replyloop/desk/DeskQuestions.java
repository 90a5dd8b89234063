package io.replyloop.desk;

import io.replyloop.conversation.OutsideConversations;
import io.replyloop.suggestion.OutsideSuggestions;
import io.replyloop.suggestion.SuggestionService;
import io.replyloop.suggestion.SuggestionsView;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Answers the questions of programs. The ranking is done between the transactions, and not for too many at once. */
@ApplicationScoped
class DeskQuestions {
    private final OutsideConversations conversations;
    private final OutsideSuggestions suggestions;
    private final SuggestionService shown;
    private final AskedElsewhere asked;
    private final ProgramRequests requests;
    private final DeskPlaces places;

    DeskQuestions(
            OutsideConversations conversations,
            OutsideSuggestions suggestions,
            SuggestionService shown,
            AskedElsewhere asked,
            ProgramRequests requests,
            DeskPlaces places) {
        this.conversations = conversations;
        this.suggestions = suggestions;
        this.shown = shown;
        this.asked = asked;
        this.requests = requests;
        this.places = places;
    }

    /** @param key by which the program's request is recognised when it is repeated; null for none */
    SuggestionsView answer(UUID program, String key, Question question) {
        ProgramRequests.Request request = requests.request(program, "suggest", key, question);
        Optional<ProgramRequests.Earlier> earlier = requests.earlier(request);
        if (earlier.isPresent()) {
            return again(earlier.get());
        }
        OutsideSuggestions.Found found = places.with(() -> suggestions.rank(question.turns(), question.most()));
        UUID conversation = conversations.ensure(question.conversation());
        AskedElsewhere.Outcome outcome = asked.store(request, conversation, question.customerName(), found);
        return outcome.earlier() == null ? outcome.stored() : again(outcome.earlier());
    }

    private SuggestionsView again(ProgramRequests.Earlier earlier) {
        return shown.asShown(earlier.impression());
    }
}

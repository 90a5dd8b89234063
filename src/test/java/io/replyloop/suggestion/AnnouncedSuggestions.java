package io.replyloop.suggestion;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears what the agents' sockets hear. */
@ApplicationScoped
class AnnouncedSuggestions {
    private final List<SuggestionsView> all = new CopyOnWriteArrayList<>();

    void hear(@Observes(during = TransactionPhase.AFTER_SUCCESS) SuggestionsReady ready) {
        all.add(ready.suggestions());
    }

    List<SuggestionsView> of(UUID conversation) {
        return all.stream()
                .filter(view -> view.conversation().equals(conversation))
                .toList();
    }
}

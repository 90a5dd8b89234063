package io.replyloop.search;

import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.EventKind;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.Arrays;

/** Who wrote a message, and for whom. */
enum Source {
    CUSTOMER("customer"),
    TEAM("team"),
    NOTE("note");

    private final String wireName;

    Source(String wireName) {
        this.wireName = wireName;
    }

    static boolean isSearchable(ConversationEventView event) {
        return event.text() != null;
    }

    static Source of(ConversationEventView message) {
        if (message.kind() == EventKind.NOTE) {
            return NOTE;
        }
        return message.author().kind() == AuthorKind.CUSTOMER ? CUSTOMER : TEAM;
    }

    static Source named(String wireName) {
        return Arrays.stream(values())
                .filter(source -> source.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemCode.INVALID,
                        "What to search is \"customer\", \"team\" or \"note\", or left out for all."));
    }

    String wireName() {
        return wireName;
    }
}

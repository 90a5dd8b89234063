package io.replyloop.feedback;

import io.replyloop.privacy.StoredTexts;
import jakarta.inject.Singleton;

@Singleton
class DecisionTexts extends StoredTexts {
    DecisionTexts() {
        super("decision", "text_sent", "comment", "typed", "search");
    }
}

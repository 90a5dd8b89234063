package io.replyloop.history;

import io.replyloop.privacy.StoredTexts;
import jakarta.inject.Singleton;

@Singleton
class HistoryTexts extends StoredTexts {
    HistoryTexts() {
        super("history_conversation", "messages");
    }
}

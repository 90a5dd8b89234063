package io.replyloop.history;

import io.replyloop.privacy.StoredTexts;
import jakarta.inject.Singleton;

@Singleton
class HistoryDraftTexts extends StoredTexts {
    HistoryDraftTexts() {
        super("history_draft", "title", "text");
    }
}

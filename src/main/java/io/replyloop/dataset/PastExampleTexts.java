package io.replyloop.dataset;

import io.replyloop.privacy.StoredTexts;
import jakarta.inject.Singleton;

@Singleton
class PastExampleTexts extends StoredTexts {
    PastExampleTexts() {
        super("past_example", "query", "reply_text");
    }
}

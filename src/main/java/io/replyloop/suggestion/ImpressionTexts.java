package io.replyloop.suggestion;

import io.replyloop.privacy.StoredTexts;
import jakarta.inject.Singleton;

@Singleton
class ImpressionTexts extends StoredTexts {
    ImpressionTexts() {
        super("impression", "query", "question");
    }
}

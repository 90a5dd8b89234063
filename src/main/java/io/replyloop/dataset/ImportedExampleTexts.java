package io.replyloop.dataset;

import io.replyloop.privacy.StoredTexts;
import jakarta.inject.Singleton;

@Singleton
class ImportedExampleTexts extends StoredTexts {
    ImportedExampleTexts() {
        super("imported_example", "query", "reply_text");
    }
}

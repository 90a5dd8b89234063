package io.replyloop.dataset;

import jakarta.inject.Singleton;

@Singleton
class ImportedTexts extends LabelledTexts {
    ImportedTexts() {
        super("imported_example", "decision_id");
    }
}

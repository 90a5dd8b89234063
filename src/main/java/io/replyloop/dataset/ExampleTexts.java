package io.replyloop.dataset;

import jakarta.inject.Singleton;

@Singleton
class ExampleTexts extends LabelledTexts {
    ExampleTexts() {
        super("example", "decision_id");
    }
}

package io.replyloop.dataset;

import jakarta.inject.Singleton;

@Singleton
class PastExampleTexts extends LabelledTexts {
    PastExampleTexts() {
        super("past_example", "impression_id");
    }
}

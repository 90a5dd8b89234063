package io.replyloop.gaps;

import java.time.Instant;
import java.util.UUID;

/** Questions for tests. */
final class Questions {
    private Questions() {}

    static OpenQuestion of(String text) {
        return answered(text, null);
    }

    static OpenQuestion answered(String text, String answer) {
        return at(text, answer, Instant.parse("2026-11-29T12:00:00Z"), false);
    }

    static OpenQuestion at(String text, String answer, Instant at, boolean past) {
        return new OpenQuestion(UUID.randomUUID(), UUID.randomUUID(), 1, "- " + text, text, at, answer, past);
    }
}

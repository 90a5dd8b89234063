package io.replyloop.overview;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a new team does first, in the order in which it makes sense. */
enum FirstStep {
    SITE,
    REPLIES,
    COLLEAGUE,
    SNIPPET,
    HELLO,
    ANSWER;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.replyloop.suggestion;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A probability in a word, because an agent has no time for percentages. */
public enum Confidence {
    HIGH,
    MEDIUM,
    LOW;

    private static final double HIGH_FROM = 0.75;
    private static final double MEDIUM_FROM = 0.5;

    public static Confidence of(double probability) {
        if (probability >= HIGH_FROM) {
            return HIGH;
        }
        return probability >= MEDIUM_FROM ? MEDIUM : LOW;
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

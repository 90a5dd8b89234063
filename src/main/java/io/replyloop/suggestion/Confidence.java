package io.replyloop.suggestion;

import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.ranking.FinalScore;
import java.util.Locale;

/** A probability in a word, because an agent has no time for percentages; what the words promise is fitted. */
public enum Confidence {
    HIGH,
    MEDIUM,
    LOW;

    public static Confidence of(double probability, FinalScore.Confidence words) {
        if (probability >= words.sure()) {
            return HIGH;
        }
        return probability >= words.likely() ? MEDIUM : LOW;
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

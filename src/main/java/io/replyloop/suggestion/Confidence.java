package io.replyloop.suggestion;

import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.Scored;
import java.util.Locale;

/** A probability in a word, because an agent has no time for percentages; what the words promise is fitted. */
public enum Confidence {
    HIGH,
    MEDIUM,
    LOW;

    public static Confidence of(Scored scored, FinalScore.Confidence words) {
        return of(scored.probability(), scored.logit() != null, words);
    }

    /** @param read by the model: nothing is sure that nobody has read beside the question */
    static Confidence of(double probability, boolean read, FinalScore.Confidence words) {
        if (probability >= words.sure()) {
            return read ? HIGH : MEDIUM;
        }
        return probability >= words.likely() ? MEDIUM : LOW;
    }

    /** {@code null} stays {@code null}. */
    static Confidence named(String name) {
        return name == null ? null : valueOf(name.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

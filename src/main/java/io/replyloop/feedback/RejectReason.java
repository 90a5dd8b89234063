package io.replyloop.feedback;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.Arrays;
import java.util.Locale;

/** Why a suggestion does not fit. */
public enum RejectReason {
    WRONG,
    OUTDATED,
    TONE,
    OTHER;

    /** Maximum length of an agent's comment. */
    public static final int LONGEST_COMMENT = 2_000;

    /** The values in frames and requests. */
    public static String[] wireNames() {
        return Arrays.stream(values()).map(RejectReason::wireName).toArray(String[]::new);
    }

    public static RejectReason named(String name) {
        return Arrays.stream(values())
                .filter(reason -> reason.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemCode.INVALID, "The reason is one of " + String.join(", ", wireNames()) + "."));
    }

    /** Tone and age do not make a reply the wrong answer; its text can be corrected. */
    public boolean isOfTheQuestion() {
        return this == WRONG || this == OTHER;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

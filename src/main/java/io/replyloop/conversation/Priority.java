package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.Arrays;
import java.util.Locale;

/** How soon a conversation is to be looked after. What nobody has said anything about is normal. */
public enum Priority {
    URGENT(2),
    HIGH(1),
    NORMAL(0),
    LOW(-1);

    private final short level;

    Priority(int level) {
        this.level = (short) level;
    }

    static Priority ofLevel(short level) {
        return Arrays.stream(values())
                .filter(priority -> priority.level == level)
                .findFirst()
                .orElse(NORMAL);
    }

    @JsonCreator
    public static Priority named(String wireName) {
        return Arrays.stream(values())
                .filter(priority -> priority.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemCode.INVALID, "The priority is \"urgent\", \"high\", \"normal\" or \"low\"."));
    }

    public static String[] wireNames() {
        return Arrays.stream(values()).map(Priority::wireName).toArray(String[]::new);
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Higher ones are looked after first. */
    short level() {
        return level;
    }
}

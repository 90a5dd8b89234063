package io.replyloop.programs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a token lets a program do. Each is a role of its own, and an endpoint is open to programs only where it names one
 * in its {@code @RolesAllowed}: whatever names none, is closed to all of them.
 */
public enum Scope {
    /** Replies for a question that was asked elsewhere. */
    SUGGEST,
    /** What became of them. */
    FEEDBACK,
    CONVERSATIONS_READ,
    /** Of another desk, by its own id. */
    CONVERSATIONS_ERASE,
    KNOWLEDGE_READ,
    KNOWLEDGE_WRITE,
    REPORTS_READ;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    @JsonCreator
    public static Scope of(String wireName) {
        return Arrays.stream(values())
                .filter(scope -> scope.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemCode.INVALID,
                        "A scope is one of "
                                + Arrays.stream(values()).map(Scope::wireName).collect(Collectors.joining(", "))
                                + "."));
    }
}

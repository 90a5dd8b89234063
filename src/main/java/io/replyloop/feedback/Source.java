package io.replyloop.feedback;

import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;

/** Where the text of an answer came from. */
public enum Source {
    /** One of the suggestions on the screen, changed or not. */
    SUGGESTION("suggestion"),
    /** A reply that the agent inserted by its shortcode. */
    CANNED("canned"),
    /** A reply that the agent searched for. */
    SEARCH("search"),
    /** The agent typed it, whatever it then turned out to say. */
    OWN("own");

    @EnumeratedValue
    private final String wireName;

    Source(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** The values in frames. */
    public static String[] wireNames() {
        return Arrays.stream(values()).map(Source::wireName).toArray(String[]::new);
    }

    /** Null stays null. */
    public static Source named(String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(values())
                .filter(source -> source.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemCode.INVALID, "The source is one of " + String.join(", ", wireNames()) + "."));
    }

    /**
     * What it is by all that is known: a console may be old and tell nothing, and none is believed that a text was made from
     * a suggestion which was not shown.
     *
     * @param told by the console; null if it tells nothing
     * @param reply whether the text was made from a reply that there is
     * @param shown whether that reply was among the suggestions
     */
    static Source of(Source told, boolean reply, boolean shown) {
        if (!reply) {
            return OWN;
        }
        if (told == CANNED || told == SEARCH) {
            return told;
        }
        return shown ? SUGGESTION : CANNED;
    }
}

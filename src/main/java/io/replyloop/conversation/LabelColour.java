package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.Arrays;
import java.util.Locale;

/** The colours of labels. The pages know how each looks on a light and on a dark background, readable on both. */
public enum LabelColour {
    GREY,
    RED,
    ORANGE,
    YELLOW,
    GREEN,
    TEAL,
    BLUE,
    PURPLE,
    PINK;

    @JsonCreator
    static LabelColour named(String wireName) {
        return Arrays.stream(values())
                .filter(colour -> colour.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemCode.INVALID,
                        "The colour is one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(values())
                                                .map(LabelColour::wireName)
                                                .toList())
                                + "."));
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

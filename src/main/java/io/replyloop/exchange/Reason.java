package io.replyloop.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a line is rejected, or a note about it.
 *
 * @param code that pages translate, such as {@code too-long}
 * @param message the same in English, for use without a page
 * @param values of the placeholders, by name
 */
@Schema(name = "ImportReason")
public record Reason(
        @Schema(description = "Code of the reason, for translation", examples = "too-long", required = true)
        String code,

        @Schema(
                description = "The same in English",
                examples = "The title has 240 characters; at most 200 are allowed.",
                required = true)
        String message,

        @Schema(description = "Values in the sentence, by name", required = true)
        Map<String, Object> values) {
    /** @param namesAndValues a name, its value, the next name and so on */
    static Reason of(ReasonCode code, Object... namesAndValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        String message = code.english();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            values.put(namesAndValues[at].toString(), namesAndValues[at + 1]);
            message = message.replace("{" + namesAndValues[at] + "}", namesAndValues[at + 1].toString());
        }
        return new Reason(code.wireName(), message, values);
    }

    boolean is(ReasonCode wanted) {
        return code.equals(wanted.wireName());
    }

    /** The beginning of a text, safe for a message. */
    static String excerpt(String text) {
        String plain = text.replace(DecodedText.DAMAGED, '\uFFFD').replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= 40
                ? plain
                : plain.substring(0, Character.isHighSurrogate(plain.charAt(39)) ? 39 : 40) + "…";
    }
}

package io.replyloop.knowledge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Arrays;
import java.util.Locale;

/** Only a published reply is suggested; an archived one is kept because impressions and versions point to it. */
public enum ReplyState {
    DRAFT,
    PUBLISHED,
    ARCHIVED;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static ReplyState fromString(String name) {
        return Arrays.stream(values())
                .filter(state -> state.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemCode.INVALID,
                        "The state '" + name + "' is not known; use 'draft', 'published' or 'archived'."));
    }

    /** The database uses the same names as the wire format. */
    @Converter(autoApply = true)
    public static class Column implements AttributeConverter<ReplyState, String> {
        @Override
        public String convertToDatabaseColumn(ReplyState state) {
            return state == null ? null : state.wireName();
        }

        @Override
        public ReplyState convertToEntityAttribute(String column) {
            return column == null ? null : fromString(column);
        }
    }
}

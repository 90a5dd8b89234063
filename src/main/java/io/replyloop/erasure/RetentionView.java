package io.replyloop.erasure;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How long conversations are kept. All fields have to be named, because one that was forgotten would keep what is to be
 * erased.
 */
@Schema(name = "Retention")
public record RetentionView(
        @Schema(
                description =
                        "Days without anything new after which a resolved conversation is erased with its customer;"
                                + " null: never",
                required = true,
                nullable = true,
                examples = "365")
        @JsonProperty(required = true)
        @JsonDeserialize(using = WholeDays.class)
        @Min(1)
        @Max(36_500)
        Integer resolvedAfter,

        @Schema(
                description = "The same for one that was never resolved",
                required = true,
                nullable = true,
                examples = "730")
        @JsonProperty(required = true)
        @JsonDeserialize(using = WholeDays.class)
        @Min(1)
        @Max(36_500)
        Integer openAfter,

        @Schema(
                description =
                        "Days after its beginning after which an imported conversation is deleted with what was learned"
                                + " from it; null: never",
                required = true,
                nullable = true,
                examples = "1095")
        @JsonProperty(required = true)
        @JsonDeserialize(using = WholeDays.class)
        @Min(1)
        @Max(36_500)
        Integer importedAfter) {

    static final class WholeDays extends JsonDeserializer<Integer> {
        @Override
        public Integer deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                return json.getIntValue();
            }
            throw Problem.ofField(
                    json.currentName(), FieldRule.MALFORMED, "Give a whole number of days, or null to keep them.");
        }
    }
}

package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.WireNames;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A planned start, and what would come of it as far as can be known. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UpcomingStart(
        @Schema(description = "When", required = true) Instant at,

        @Schema(description = "When the quiet hours end, where they keep the run waiting")
        Instant waitsUntil,

        @Schema(
                description =
                        "New decisions there would be by then: those of now, and as many more as agents made per day"
                                + " in the last 14 days",
                examples = "34",
                required = true)
        long newDecisions,

        @Schema(
                description = "Whether that is the count of now, because it is not known yet how many decisions a day"
                        + " brings",
                examples = "false",
                required = true)
        boolean withoutPace,

        @Schema(
                description = "What would come of it",
                examples = "too-few-new",
                required = true,
                type = SchemaType.STRING,
                implementation = String.class,
                enumeration = {"start", "too-few-new", "too-little"})
        Prospect prospect) {

    /** What would come of a planned start. */
    public enum Prospect {
        START,
        TOO_FEW_NEW,
        /** Something that the minimums want is missing now. */
        TOO_LITTLE;

        @JsonValue
        public String wireName() {
            return WireNames.of(this);
        }
    }
}

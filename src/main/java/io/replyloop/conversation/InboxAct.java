package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.WireNames;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that keeps the inbox in order. As an event of the conversation it tells colleagues who did it; customers see
 * nothing of it.
 *
 * @param label of the label that was added or removed; otherwise null
 * @param name what that label was called then
 * @param priority the new one; otherwise null
 * @param until when a snoozed conversation comes back; otherwise null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InboxAct(
        @Schema(description = "What was done", examples = "labelled", required = true)
        What what,

        @Schema(description = "Id of the label that was added or removed")
        UUID label,

        @Schema(description = "What that label was called then", examples = "Refund")
        String name,

        @Schema(description = "The new priority, where that has changed", examples = "urgent")
        Priority priority,

        @Schema(description = "When it comes back, where it was snoozed")
        Instant until) {

    private static final ObjectMapper STORED = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** What is done. */
    public enum What {
        LABELLED,
        UNLABELLED,
        PRIORITY,
        SNOOZED,
        /** It is back before its time, or by itself when that came. */
        WOKEN,
        SPAM,
        NO_SPAM;

        @JsonCreator
        static What named(String wireName) {
            return WireNames.find(What.class, wireName)
                    .orElseThrow(() -> new Problem(ProblemCode.INVALID, "There is no act \"" + wireName + "\"."));
        }

        @JsonValue
        public String wireName() {
            return WireNames.of(this);
        }
    }

    public static final InboxAct WOKEN = new InboxAct(What.WOKEN, null, null, null, null);

    public static InboxAct label(UUID label, boolean on) {
        return new InboxAct(on ? What.LABELLED : What.UNLABELLED, label, null, null, null);
    }

    public static InboxAct priority(Priority priority) {
        return new InboxAct(What.PRIORITY, null, null, priority, null);
    }

    /** @param until null to bring it back */
    public static InboxAct snooze(Instant until) {
        return until == null
                ? WOKEN
                : new InboxAct(What.SNOOZED, null, null, null, until.truncatedTo(ChronoUnit.MILLIS));
    }

    public static InboxAct spam(boolean spam) {
        return new InboxAct(spam ? What.SPAM : What.NO_SPAM, null, null, null, null);
    }

    JsonNode stored() {
        return STORED.valueToTree(this);
    }

    static InboxAct ofStored(JsonNode stored) {
        return STORED.convertValue(stored, InboxAct.class);
    }

    InboxAct called(String labelName) {
        return new InboxAct(what, label, labelName, priority, until);
    }

    /** Whether the same was asked for; what a label is called may have changed between two tries. */
    boolean isSameAs(InboxAct other) {
        return what == other.what
                && Objects.equals(label, other.label)
                && priority == other.priority
                && Objects.equals(until, other.until);
    }
}

package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.WireNames;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is to be done with each of many conversations. */
@Schema(name = "BulkAct")
public record BulkAct(
        @Schema(description = "What is to be done", examples = "label", required = true)
        @NotNull(message = "is missing")
        What what,

        @Schema(description = "Id of the label to add or remove")
        UUID label,

        @Schema(description = "The priority to give", examples = "urgent")
        Priority priority,

        @Schema(description = "When snoozed ones are to come back")
        Instant until) {

    /** The acts that are of use for many at once. */
    public enum What {
        RESOLVE,
        REOPEN,
        TAKE,
        RELEASE,
        LABEL,
        UNLABEL,
        PRIORITY,
        SNOOZE,
        WAKE,
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

    /** Before anything is done, so that not half of it is. */
    void check() {
        boolean complete = switch (what) {
            case LABEL, UNLABEL -> label != null;
            case PRIORITY -> priority != null;
            case SNOOZE -> until != null;
            default -> true;
        };
        if (!complete) {
            throw new Problem(
                    ProblemCode.INVALID,
                    "To label say which \"label\", to change the priority which \"priority\", and to snooze \"until\" when.");
        }
    }

    InboxAct ofOne() {
        return switch (what) {
            case LABEL -> InboxAct.label(label, true);
            case UNLABEL -> InboxAct.label(label, false);
            case PRIORITY -> InboxAct.priority(priority);
            case SNOOZE -> InboxAct.snooze(until);
            case WAKE -> InboxAct.WOKEN;
            case SPAM -> InboxAct.spam(true);
            case NO_SPAM -> InboxAct.spam(false);
            case RESOLVE, REOPEN, TAKE, RELEASE ->
                throw new IllegalArgumentException("Not an act of the inbox: " + what);
        };
    }
}

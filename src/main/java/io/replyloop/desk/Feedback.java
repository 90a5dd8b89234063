package io.replyloop.desk;

import io.replyloop.feedback.RejectReason;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.PlainText;
import io.replyloop.platform.Problem;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What somebody in another desk has done with suggestions. */
@Schema(name = "FeedbackFromElsewhere")
public record Feedback(
        @Schema(description = "The impression that came with the suggestions", required = true)
        @NotNull(message = "name the impression")
        UUID impression,

        @Schema(
                description = "sent: a reply as it is; edited: a reply with changes; own-text: the agent's own words;"
                        + " rejected: a reply that does not fit",
                examples = "edited",
                required = true)
        @NotNull(message = "say what was done")
        @Pattern(regexp = "sent|edited|own-text|rejected", message = "is sent, edited, own-text or rejected")
        String act,

        @Schema(description = "The reply that was sent, edited or rejected; not with own-text")
        UUID reply,

        @Schema(
                description = "What the customer got; needed with edited and own-text",
                examples = "You can return it within 30 days.")
        @Size(max = Question.LONGEST_TEXT, message = "has at most 4000 characters")
        @PlainText
        String text,

        @Schema(description = "With rejected: wrong, outdated, tone or other", examples = "wrong")
        @Size(max = 20, message = "has at most 20 characters")
        String reason,

        @Schema(description = "With rejected: why, in words", examples = "This is about the old prices.")
        @Size(max = RejectReason.LONGEST_COMMENT, message = "has at most 2000 characters")
        @PlainText
        String comment,

        @Schema(
                description = "What the customer is called, to be masked in what is kept; itself not kept",
                examples = "Anna Lee")
        @Size(max = 100, message = "has at most 100 characters")
        @PlainText(lines = false)
        String customerName) {
    boolean rejects() {
        return act.equals("rejected");
    }

    /** Each act needs some of the fields, and cannot have others. */
    void requireWhole() {
        boolean own = act.equals("own-text");
        boolean says = text != null && !text.isBlank();
        if (own == (reply != null)) {
            throw Problem.ofField(
                    "reply",
                    FieldRule.MISSING,
                    own ? "reply: own words are of no reply; leave it out" : "reply: name the reply");
        }
        if (!says && (own || act.equals("edited"))) {
            throw Problem.ofField("text", FieldRule.MISSING, "text: send what the customer got");
        }
        if (rejects() && reason == null) {
            throw Problem.ofField("reason", FieldRule.MISSING, "reason: wrong, outdated, tone or other");
        }
        if (rejects() && text != null) {
            throw Problem.ofField("text", FieldRule.WRONG, "text: nothing was sent; leave it out");
        }
        if (!rejects() && reason != null) {
            throw Problem.ofField("reason", FieldRule.WRONG, "reason: only with rejected; leave it out");
        }
        if (!rejects() && comment != null) {
            throw Problem.ofField("comment", FieldRule.WRONG, "comment: only with rejected; leave it out");
        }
    }
}

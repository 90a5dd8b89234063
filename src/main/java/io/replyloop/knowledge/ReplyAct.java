package io.replyloop.knowledge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.PlainText;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.WireNames;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is to be done with each of many replies. */
@Schema(name = "ReplyAct")
public record ReplyAct(
        @Schema(description = "What is to be done", examples = "add-category", required = true)
        @NotNull(message = "is missing")
        What what,

        @Schema(description = "The category to add or remove", examples = "Returns")
        @Size(max = 80, message = "is too long; at most {max} characters are allowed")
        @PlainText
        String category,

        @Schema(description = "The review date to give; absent to take it away", examples = "2027-06-01")
        LocalDate on) {

    public enum What {
        PUBLISH,
        ARCHIVE,
        ADD_CATEGORY,
        REMOVE_CATEGORY,
        REVIEW;

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

    public ReplyAct {
        category = category == null ? null : category.strip();
    }

    /** Before anything is done, so that not half of it is. */
    void check() {
        boolean needsCategory = what == What.ADD_CATEGORY || what == What.REMOVE_CATEGORY;
        if (needsCategory && (category == null || category.isEmpty())) {
            throw new Problem(ProblemCode.INVALID, "Say which \"category\" to add or remove.");
        }
    }
}

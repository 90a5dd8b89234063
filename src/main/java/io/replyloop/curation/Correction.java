package io.replyloop.curation;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What somebody says to be right. */
@Schema(name = "ExampleCorrection")
record Correction(
        @Schema(
                description = "fits, does-not-fit, or another-reply: it does not fit, and the one in `reply` does",
                examples = "does-not-fit")
        @NotNull(message = "is missing")
        Verdict verdict,

        @Schema(description = "Only for another-reply: id of a published reply")
        UUID reply,

        @Schema(description = "The version of the example that was read", examples = "0")
        @NotNull(message = "is missing")
        Integer version,

        @Schema(description = "Why; optional", examples = "The customer asked about exchanges")
        @Size(max = LONGEST_COMMENT, message = "is too long; at most {max} characters are allowed")
        String comment) {
    static final int LONGEST_COMMENT = 2_000;

    enum Verdict {
        @JsonProperty("fits")
        FITS,
        @JsonProperty("does-not-fit")
        DOES_NOT_FIT,
        @JsonProperty("another-reply")
        ANOTHER_REPLY
    }
}

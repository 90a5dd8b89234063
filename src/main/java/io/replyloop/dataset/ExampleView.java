package io.replyloop.dataset;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A labelled example as admins see it; {@code reply} is the text. */
public record ExampleView(
        @Schema(description = "Id of the example", examples = "42", required = true)
        long id,

        @Schema(description = "Id of the conversation that it comes from")
        UUID conversation,

        @Schema(
                description = "What the customer asked, with the turns before it; personal data is masked",
                examples = "When will it arrive?",
                required = true)
        String query,

        @Schema(
                description = "The reply's text, personal data masked",
                examples = "Within three days.",
                required = true)
        String reply,

        @Schema(
                description = "1 for a fitting reply, 0 for one that does not fit; between them when unsure",
                examples = "1",
                required = true)
        double label,

        @Schema(description = "Whether it is kept out of training", examples = "false", required = true)
        boolean excluded,

        @Schema(description = "When it was made", required = true)
        Instant createdAt) {}

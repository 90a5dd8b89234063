package io.replyloop.conversation;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A label that conversations can have. */
@Schema(name = "Label")
public record LabelView(
        @Schema(description = "Id of the label", required = true)
        UUID id,

        @Schema(description = "What it is called", examples = "Refund", required = true)
        String name,

        @Schema(description = "Its colour", examples = "teal", required = true)
        LabelColour color) {}

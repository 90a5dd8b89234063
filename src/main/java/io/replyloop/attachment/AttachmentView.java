package io.replyloop.attachment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A file as the readers of its message see it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Attachment")
public record AttachmentView(
        @Schema(description = "Id of the attachment", required = true)
        UUID id,

        @Schema(description = "Name for a download", examples = "invoice.pdf", required = true)
        String name,

        @Schema(description = "Media type, by its contents", examples = "application/pdf", required = true)
        String type,

        @Schema(description = "Bytes", examples = "48213", required = true)
        long size,

        @Schema(description = "Width in pixels as it is shown; absent for what is offered as a download only")
        Integer width,

        @Schema(description = "Height in pixels as it is shown")
        Integer height) {}

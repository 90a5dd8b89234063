package io.replyloop.attachment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A file that was uploaded, as its sender sees it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Upload")
public record UploadView(
        @JsonUnwrapped AttachmentView attachment,

        @Schema(
                description = "scanning: ask again in a moment; ready: it can be sent; refused: the scan has found"
                        + " something, and the file was deleted",
                examples = "ready",
                required = true)
        UploadState state) {}

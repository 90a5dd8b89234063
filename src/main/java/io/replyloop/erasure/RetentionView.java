package io.replyloop.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How long conversations are kept. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Retention")
public record RetentionView(
        @Schema(
                description =
                        "Days without anything new after which a resolved conversation is erased with its customer;"
                                + " absent: never",
                examples = "365")
        @Min(1)
        @Max(36_500)
        Integer resolvedAfter,

        @Schema(description = "The same for one that was never resolved", examples = "730") @Min(1) @Max(36_500)
        Integer openAfter) {}

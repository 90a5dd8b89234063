package io.replyloop.programs;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A program, under whose name stands what it has done. */
@Schema(name = "Program")
public record Program(
        @Schema(description = "Id of its account, as decisions and the audit log have it", required = true)
        UUID id,

        @Schema(description = "What people call it", examples = "Chatwoot", required = true)
        String name,

        @Schema(description = "Whether its token was revoked", examples = "false", required = true)
        boolean revoked) {}

package io.replyloop.identity;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An account as admins see it. */
public record AgentView(
        @Schema(description = "Id of the account", required = true)
        UUID id,

        @Schema(
                description = "The address with which the person signs in",
                examples = "anna@example.com",
                required = true)
        String email,

        @Schema(description = "The name that customers see", examples = "Anna", required = true)
        String name,

        @Schema(
                description = "What the person may do; an admin may do everything that an agent may",
                examples = "agent",
                required = true)
        Role role,

        @Schema(description = "Whether the person may sign in", examples = "true", required = true)
        boolean active,

        @Schema(description = "When the account was made", required = true)
        Instant createdAt) {}

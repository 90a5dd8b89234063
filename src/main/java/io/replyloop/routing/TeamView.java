package io.replyloop.routing;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A team with its members. */
@Schema(name = "Team")
public record TeamView(
        @Schema(description = "Id of the team", required = true)
        UUID id,

        @Schema(description = "Name, which customers do not see", examples = "Billing", required = true)
        String name,

        @Schema(
                description = "Whether its waiting conversations are given out in turn",
                examples = "true",
                required = true)
        boolean roundRobin,

        @Schema(
                description = "How many seconds an agent has to open a conversation that was given out",
                examples = "60",
                required = true)
        int acceptWithin,

        @Schema(description = "Ids of its members", required = true)
        List<UUID> members) {}

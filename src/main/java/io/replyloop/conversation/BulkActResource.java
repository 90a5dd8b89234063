package io.replyloop.conversation;

import io.replyloop.identity.CurrentAgent;
import io.replyloop.platform.Places;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Acts on many conversations at once; those on one go through the agents' socket. */
@Path("/api/conversations/acts")
@RolesAllowed("agent")
@Tag(name = "Conversations")
public class BulkActResource {
    /** More at once would take the database's connections from everybody else. */
    private final Places places = new Places(
            2,
            Duration.ofSeconds(3),
            "Many conversations are being worked through at this moment. Nothing was done; try again in a few seconds.");

    private final BulkActs acts;
    private final CurrentAgent currentAgent;

    BulkActResource(BulkActs acts, CurrentAgent currentAgent) {
        this.acts = acts;
        this.currentAgent = currentAgent;
    }

    @Schema(name = "BulkActRequest")
    public record Asked(
            @Schema(
                    description = "A UUID that the caller makes for the whole. What is sent again with the same one is"
                            + " done once",
                    required = true)
            @NotNull(message = "is missing")
            UUID id,

            @Schema(description = "Ids of the conversations", required = true)
            @NotEmpty(message = "is missing")
            @Size(max = BulkActs.MOST, message = "has too many entries; at most {max} are allowed")
            List<@NotNull(message = "is missing") UUID> conversations,

            @Schema(description = "What is to be done with each", required = true)
            @NotNull(message = "is missing")
            @Valid
            BulkAct act,

            @Schema(
                    description = "To resolve: by the id of each conversation, the newest event of it that was on the"
                            + " screen. One in which anybody else has done anything since is not resolved"
                            + " (`thread-moved-on`). One that is not named is resolved in any case")
            @Size(max = BulkActs.MOST, message = "has too many entries; at most {max} are allowed")
            Map<UUID, @NotNull(message = "is missing") Long> seen) {}

    @POST
    @Operation(
            operationId = "actOnConversations",
            summary = "Do the same with many conversations",
            description =
                    "Each is done by itself: the answer says for each conversation whether it was, in their order.")
    public List<BulkActs.Outcome> act(@Valid @NotNull(message = "send a JSON object") Asked asked) {
        asked.act().check();
        Map<UUID, Long> seen = asked.seen() == null ? Map.of() : asked.seen();
        return places.with(() -> acts.act(currentAgent.get(), asked.id(), asked.conversations(), asked.act(), seen));
    }
}

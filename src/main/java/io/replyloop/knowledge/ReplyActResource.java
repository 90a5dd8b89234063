package io.replyloop.knowledge;

import io.replyloop.platform.Places;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Acts on many replies at once. */
@Path("/api/replies/acts")
@Tag(name = "Knowledge base")
public class ReplyActResource {
    /** Changes of the knowledge base wait for each other, and each waits with a connection to the database. */
    private final Places places = new Places(
            1,
            Duration.ofSeconds(3),
            "Many replies are being worked through at this moment. Nothing was done; try again in a few seconds.");

    private final ReplyActs acts;

    ReplyActResource(ReplyActs acts) {
        this.acts = acts;
    }

    @Schema(name = "ReplyActRequest")
    public record Asked(
            @Schema(description = "Ids of the replies", required = true)
            @NotEmpty(message = "is missing")
            @Size(max = ReplyActs.MOST, message = "has too many entries; at most {max} are allowed")
            List<@NotNull(message = "is missing") UUID> replies,

            @Schema(description = "What is to be done with each", required = true)
            @NotNull(message = "is missing")
            @Valid
            ReplyAct act) {}

    @POST
    @RolesAllowed("admin")
    @Operation(
            operationId = "actOnReplies",
            summary = "Do the same with many replies",
            description = "Each is done by itself: the answer says for each reply whether it was, in their order.")
    public List<ReplyActs.Outcome> act(
            @Valid @NotNull(message = "send a JSON object") Asked asked, @Context SecurityContext who) {
        asked.act().check();
        UUID by = UUID.fromString(who.getUserPrincipal().getName());
        return places.with(() -> acts.act(asked.replies(), asked.act(), by));
    }
}

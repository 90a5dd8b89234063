package io.replyloop.knowledge;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Which replies customers are offered before they write. */
@Path("/api/frequent-replies")
@Tag(name = "Knowledge base")
public class FrequentReplyResource {
    private final FrequentReplies frequent;

    FrequentReplyResource(FrequentReplies frequent) {
        this.frequent = frequent;
    }

    @Schema(name = "FrequentReplyMark")
    public record Mark(
            @Schema(description = "Whether customers are offered the reply", examples = "true", required = true)
            @NotNull(message = "say whether customers are offered the reply: true or false")
            Boolean offered) {}

    @GET
    @RolesAllowed("agent")
    @Operation(
            operationId = "listFrequentReplies",
            summary = "List the replies that customers are offered before they write, with what they said to them")
    public List<FrequentReply> list() {
        return frequent.list();
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed("admin")
    @Operation(
            operationId = "markFrequentReply",
            summary = "Offer a published reply to customers before they write, or do so no longer")
    public List<FrequentReply> mark(@RestPath UUID id, @Valid @NotNull(message = "send a JSON object") Mark mark) {
        frequent.mark(id, mark.offered());
        return frequent.list();
    }
}

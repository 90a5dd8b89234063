package io.replyloop.knowledge;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** When replies are to be looked at again. */
@Path("/api/reply-reviews")
@Tag(name = "Knowledge base")
public class ReplyReviewResource {
    private final ReplyReviews reviews;

    ReplyReviewResource(ReplyReviews reviews) {
        this.reviews = reviews;
    }

    @Schema(name = "ReplyReviewDate")
    public record Date(
            @Schema(description = "When to look at it again; absent or null for never", examples = "2027-06-01")
            LocalDate on) {}

    @GET
    @RolesAllowed("admin")
    @Operation(operationId = "countReplyReviews", summary = "How many replies are to be looked at again")
    public ReplyReviews.Due due() {
        return reviews.due();
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed("admin")
    @Operation(
            operationId = "setReplyReview",
            summary = "Say when a reply is to be looked at again",
            description = "Makes no version: its contents stay as they are.")
    @APIResponseSchema(value = ReplyView.class, responseCode = "200")
    public ReplyView set(@RestPath UUID id, @Valid @NotNull(message = "send a JSON object") Date date) {
        return reviews.set(id, date.on());
    }
}

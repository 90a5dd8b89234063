package io.replyloop.knowledge;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The languages of one reply. */
@Path("/api/reply-translations/{id}")
@Tag(name = "Knowledge base")
public class ReplyTranslationResource {
    private final ReplyTranslations translations;

    ReplyTranslationResource(ReplyTranslations translations) {
        this.translations = translations;
    }

    @GET
    @RolesAllowed("agent")
    @Operation(
            operationId = "listReplyTranslations",
            summary = "What says the same in other languages, without what is archived")
    public List<ReplyView> list(@RestPath UUID id) {
        return translations.of(id);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("admin")
    @Operation(operationId = "translateReply", summary = "Begin a draft that says the same in another language")
    @APIResponse(
            responseCode = "201",
            description = "The draft",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ReplyView.class)))
    @APIResponse(responseCode = "409", description = "There is one in this language, or the shortcode is taken")
    public Response begin(@RestPath UUID id, ReplyDraft draft, @Context SecurityContext who) {
        if (draft == null) {
            throw new Problem(
                    ProblemCode.MALFORMED_REQUEST, "The body is empty; send the reply as JSON with title and text.");
        }
        UUID by = UUID.fromString(who.getUserPrincipal().getName());
        return Response.status(Response.Status.CREATED)
                .entity(translations.begin(id, draft, by))
                .build();
    }

    @PUT
    @Path("/{other}")
    @RolesAllowed("admin")
    @Operation(
            operationId = "linkReplyTranslation",
            summary = "Say that another reply says the same in another language; doing it again changes nothing")
    @APIResponseSchema(value = ReplyView.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "There is one in this language, or it belongs to others")
    public ReplyView link(@RestPath UUID id, @Parameter(description = "Id of the other reply") @RestPath UUID other) {
        return translations.link(id, other);
    }

    @DELETE
    @RolesAllowed("admin")
    @Operation(operationId = "unlinkReplyTranslation", summary = "Let a reply stand alone again")
    @APIResponseSchema(value = ReplyView.class, responseCode = "200")
    public ReplyView unlink(@RestPath UUID id) {
        return translations.unlink(id);
    }
}

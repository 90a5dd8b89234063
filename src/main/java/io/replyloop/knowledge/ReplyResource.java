package io.replyloop.knowledge;

import io.replyloop.platform.Page;
import io.replyloop.platform.PageLimit;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
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

/** The REST interface of the team's replies: agents read them, admins change them. */
@Path("/api/replies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Knowledge base")
public class ReplyResource {
    private final KnowledgeService knowledge;
    private final ReplyVersions versions;
    private final CannedReplies canned;

    ReplyResource(KnowledgeService knowledge, ReplyVersions versions, CannedReplies canned) {
        this.canned = canned;
        this.knowledge = knowledge;
        this.versions = versions;
    }

    @Schema(name = "ReplyRestoration")
    public record Restoration(
            @Schema(description = "The version of the reply that was read", examples = "4", required = true)
            @NotNull(message = "is missing; send the version that you read, so that nobody's change is overwritten")
            Integer version) {}

    @GET
    @RolesAllowed({"agent", "knowledge.read"})
    @Operation(operationId = "listReplies", summary = "List replies, the newest change first")
    public Page<ReplyView> list(
            @Parameter(description = "draft, published or archived") @QueryParam("state") String state,
            @Parameter(description = "Such as zh, which finds zh-TW, too") @QueryParam("language") String language,
            @Parameter(description = "One of its categories") @QueryParam("category") String category,
            @Parameter(description = "Words of title, text, label or shortcode") @QueryParam("q") String q,
            @Parameter(description = "Whether only those whose review date has come")
                    @DefaultValue("false")
                    @QueryParam("toReview")
                    boolean toReview,
            @Parameter(description = "'next' of the page before") @QueryParam("cursor") String cursor,
            @QueryParam("limit") @PageLimit Integer limit) {
        ReplyState wanted = state == null || state.isBlank() ? null : ReplyState.fromString(state);
        return knowledge.list(new KnowledgeService.Filter(wanted, language, category, q, toReview), cursor, limit);
    }

    @GET
    @Path("/canned")
    @RolesAllowed("agent")
    @Operation(
            operationId = "listCannedReplies",
            summary = "Published replies that have a shortcode, by it; at most 2,000")
    public List<CannedReply> canned() {
        return canned.all();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({"agent", "knowledge.read"})
    @Operation(operationId = "getReply", summary = "Read one reply")
    public ReplyView get(@PathParam("id") UUID id) {
        return knowledge.get(id);
    }

    @GET
    @Path("/{id}/versions")
    @RolesAllowed({"agent", "knowledge.read"})
    @Operation(
            operationId = "listReplyVersions",
            summary = "How a reply came to be what it is, the newest version first; at most 50")
    public List<ReplyView.Version> versions(
            @PathParam("id") UUID id,
            @Parameter(description = "Only versions before this one")
                    @QueryParam("before")
                    @Min(value = 1, message = "is the number of a version, from 1")
                    Integer before) {
        return versions.list(id, before);
    }

    @POST
    @Path("/{id}/versions/{number}/restore")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("admin")
    @Operation(
            operationId = "restoreReplyVersion",
            summary = "Let a reply say again what a version of it said",
            description = "Makes a new version, as any change does; the reply's state stays as it is.")
    @APIResponseSchema(value = ReplyView.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "Somebody has changed it meanwhile, or the shortcode is taken")
    public ReplyView restore(
            @PathParam("id") UUID id,
            @Parameter(description = "The version to restore") @PathParam("number") int number,
            @Valid @NotNull(message = "send a JSON object") Restoration restoration,
            @Context SecurityContext who) {
        return versions.restore(id, number, restoration.version(), id(who));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"admin", "knowledge.write"})
    @Operation(operationId = "createReply", summary = "Write a new reply, which begins as a draft")
    @APIResponse(
            responseCode = "201",
            description = "The reply",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ReplyView.class)))
    @APIResponse(responseCode = "409", description = "The shortcode belongs to another reply")
    public Response create(ReplyDraft draft, @Context SecurityContext who) {
        ReplyView created = knowledge.create(present(draft), id(who));
        // As text, because a URI would be completed with the host that the request names.
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/api/replies/" + created.id())
                .entity(created)
                .build();
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"admin", "knowledge.write"})
    @Operation(
            operationId = "updateReply",
            summary = "Change a reply",
            description = "Needs the version that was read; its state stays as it is.")
    @APIResponseSchema(value = ReplyView.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "Somebody has changed it meanwhile, or the shortcode is taken")
    public ReplyView update(@PathParam("id") UUID id, ReplyDraft draft, @Context SecurityContext who) {
        return knowledge.update(id, present(draft), id(who));
    }

    @POST
    @Path("/{id}/publish")
    @RolesAllowed({"admin", "knowledge.write"})
    @Operation(operationId = "publishReply", summary = "Let a reply be suggested; doing it again changes nothing")
    public ReplyView publish(@PathParam("id") UUID id, @Context SecurityContext who) {
        return knowledge.publish(id, id(who));
    }

    @POST
    @Path("/{id}/archive")
    @RolesAllowed({"admin", "knowledge.write"})
    @Operation(
            operationId = "archiveReply",
            summary = "Suggest a reply no longer; its history stays, its shortcode is free again")
    public ReplyView archive(@PathParam("id") UUID id, @Context SecurityContext who) {
        return knowledge.archive(id, id(who));
    }

    private static ReplyDraft present(ReplyDraft draft) {
        if (draft == null) {
            throw new Problem(
                    ProblemCode.MALFORMED_REQUEST, "The body is empty; send the reply as JSON with title and text.");
        }
        return draft;
    }

    private static UUID id(SecurityContext who) {
        return UUID.fromString(who.getUserPrincipal().getName());
    }
}

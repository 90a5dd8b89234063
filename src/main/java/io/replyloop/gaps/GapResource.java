package io.replyloop.gaps;

import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.platform.PageLimit;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/**
 * What nobody could answer, and replies from it. For admins, as all that changes the knowledge base: the questions come
 * from conversations of every agent, and whoever may not write a reply has nothing to do here.
 */
@Path("/api/unanswered")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Unanswered questions")
public class GapResource {
    @Schema(name = "SetAsideReason")
    record Reason(
            @Schema(description = "Why they are nothing for the knowledge base", examples = "Only lawyers answer that")
            @NotBlank(message = "is missing; say why, so that colleagues understand it")
            @Size(max = 500, message = "is too long; at most {max} characters are allowed")
            String reason) {}

    @Schema(name = "ReplyText")
    record Words(
            @Schema(description = "Title of the reply that is being written", examples = "Returns")
            @NotNull(message = "is missing")
            @Size(max = 200, message = "is too long; at most {max} characters are allowed")
            String title,

            @Schema(description = "Its text", examples = "You can return it within 30 days.")
            @NotNull(message = "is missing")
            @Size(max = ReplyDraft.LONGEST_TEXT, message = "is too long; at most {max} characters are allowed")
            String text) {}

    private final GapService gaps;
    private final ConversationDrafts conversations;
    private final SimilarReplies similar;

    GapResource(GapService gaps, ConversationDrafts conversations, SimilarReplies similar) {
        this.gaps = gaps;
        this.conversations = conversations;
        this.similar = similar;
    }

    @GET
    @Operation(
            operationId = "listUnansweredQuestions",
            summary = "Questions that nobody could answer, in groups of one meaning",
            description =
                    "Looks at what has changed since; while that takes longer than two seconds, `progress` says how"
                            + " far it is, and the rest is of the time `at`. Ask again in a moment then.")
    public GapsView list(
            @Parameter(description = "`next` of the page before") @QueryParam("cursor") String cursor,
            @QueryParam("limit") @PageLimit Integer limit) {
        return gaps.list(cursor, limit);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getUnansweredGroup", summary = "One group with all its questions, at most 200")
    public GapsView.GroupView get(@RestPath UUID id) {
        return gaps.get(id);
    }

    @GET
    @Path("/{id}/draft")
    @Operation(operationId = "proposeReplyToGroup", summary = "What a reply to these questions may begin with")
    public DraftProposal proposal(@RestPath UUID id) {
        return gaps.proposal(id);
    }

    @POST
    @Path("/{id}/draft")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            operationId = "draftReplyToGroup",
            summary = "Write a reply to these questions",
            description = "It begins as a draft. Once it is published, it is found by the questions of the group.")
    @APIResponse(
            responseCode = "201",
            description = "The reply",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ReplyView.class)))
    @APIResponse(responseCode = "409", description = "There is a draft already, or the shortcode is taken")
    public ReplyView draft(@RestPath UUID id, ReplyDraft draft, @Context SecurityContext who) {
        return gaps.draft(id, present(draft), id(who));
    }

    @PUT
    @Path("/{id}/set-aside")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setGroupAside",
            summary = "Show a group no longer",
            description = "It comes back when as many questions have come as it had then, and three at least.")
    public void setAside(@RestPath UUID id, @NotNull @Valid Reason reason, @Context SecurityContext who) {
        gaps.setAside(id, reason.reason(), id(who));
    }

    @GET
    @Path("/set-aside")
    @Operation(
            operationId = "listSetAsideGroups",
            summary = "The groups that were set aside, the newest first; at most 500")
    public List<SetAsideView> setAside() {
        return gaps.setAside();
    }

    @DELETE
    @Path("/set-aside/{id}")
    @Operation(operationId = "takeGroupBack", summary = "Show a group again that was set aside")
    public void takeBack(@RestPath UUID id) {
        gaps.takeBack(id);
    }

    @POST
    @Path("/similar")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "findSimilarReplies",
            summary = "Replies that may say the same, the nearest first; at most five",
            description = "By meaning and by words, in every state, in the language of the text. Changes nothing.")
    public List<SimilarReply> similar(@NotNull @Valid Words words) {
        return similar.to(words.title(), words.text());
    }

    @GET
    @Path("/conversations/{id}")
    @Operation(
            operationId = "proposeReplyFromConversation",
            summary = "What a reply from a conversation may begin with")
    public DraftProposal fromConversation(
            @RestPath UUID id,
            @Parameter(description = "Sequence of an agent's message; the longest answer when absent")
                    @QueryParam("message")
                    @Min(value = 1, message = "is 1 or more")
                    Long message) {
        return conversations.proposal(id, message);
    }

    @POST
    @Path("/conversations/{id}/draft")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            operationId = "draftReplyFromConversation",
            summary = "Write a reply from a conversation",
            description = "It begins as a draft. Once it is published, it is found by the question.")
    @APIResponse(
            responseCode = "201",
            description = "The reply",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ReplyView.class)))
    @APIResponse(responseCode = "409", description = "The shortcode belongs to another reply")
    public ReplyView draftFromConversation(
            @RestPath UUID id,
            @Parameter(description = "Sequence of the customer's message that it answers; none when absent")
                    @QueryParam("question")
                    @Min(value = 1, message = "is 1 or more")
                    Long question,
            ReplyDraft draft,
            @Context SecurityContext who) {
        return conversations.create(id, question, present(draft), id(who));
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

package io.replyloop.history;

import io.replyloop.gaps.DraftProposal;
import io.replyloop.history.HistoryReading.Mapping;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.platform.Page;
import io.replyloop.platform.PageLimit;
import io.replyloop.platform.PlainText;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
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

/** Conversations from before. For admins, as all that changes the knowledge base. */
@Path("/api/history")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "History")
public class HistoryResource {
    private static final String FORMATS =
            "auto, conversations (our own JSONL), messages (JSON, an object each), csv, zendesk, intercom or chatwoot";

    @Schema(name = "HistoryUndo")
    record Undo(
            @Schema(
                    description = "Whether replies that were made of drafts are archived, too",
                    examples = "false",
                    required = true)
            @NotNull(message = "is missing; say whether replies are archived, too")
            Boolean archiveReplies) {}

    @Schema(name = "HistoryMerge")
    record Merge(
            @Schema(
                    description = "Id of the draft that stands for both",
                    examples = "2f0c1c1e-5a1f-4a53-9a55-7d3f6b1f0c11",
                    required = true)
            @NotNull(message = "is missing; name the other draft")
            UUID into) {}

    @Schema(name = "HistoryForget")
    record Forget(
            @Schema(
                    description = "Id of the import",
                    examples = "2f0c1c1e-5a1f-4a53-9a55-7d3f6b1f0c11",
                    required = true)
            @NotNull(message = "is missing; name the import")
            UUID importId,

            @Schema(description = "conversation or customer", examples = "customer", required = true)
            @NotNull(message = "is missing; it is conversation or customer")
            @Pattern(regexp = "conversation|customer", message = "is conversation or customer")
            String kind,

            @Schema(
                    description = "The id that the other program gave the conversation or the customer, or the"
                            + " customer's address there",
                    examples = "35436",
                    required = true)
            @NotBlank(message = "is missing")
            @Size(max = 500, message = "is too long; at most {max} characters are allowed")
            @PlainText
            String id,

            @Schema(
                    description = "How many conversations are to be deleted, as an answer without it said; nothing is"
                            + " deleted without it, or where there are others by now",
                    examples = "2")
            Integer conversations) {}

    @Schema(name = "HistoryForgotten")
    record Forgotten(
            @Schema(description = "Conversations of this id", examples = "2", required = true)
            int conversations,

            @Schema(description = "Whether they were deleted", examples = "true", required = true)
            boolean deleted) {}

    private final HistoryUploads uploads;
    private final HistoryService history;
    private final HistoryDrafts drafts;
    private final HistoryWork work;

    HistoryResource(HistoryUploads uploads, HistoryService history, HistoryDrafts drafts, HistoryWork work) {
        this.uploads = uploads;
        this.history = history;
        this.drafts = drafts;
        this.work = work;
    }

    @POST
    @Path("/preview")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            operationId = "previewHistory",
            summary = "How a file of conversations would be read",
            description = "The body is the beginning of the file, plain or gzipped; a megabyte is enough. Nothing is"
                    + " stored.")
    @APIResponse(
            responseCode = "200",
            description = "What was found out",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = FilePreview.class)))
    @APIResponse(responseCode = "422", description = "No conversations are found in it")
    public FilePreview preview(
            @Parameter(description = FORMATS) @QueryParam("format") String format,
            @Parameter(description = "auto detects it") @QueryParam("encoding") String encoding,
            @Parameter(description = "Column of the conversation") @QueryParam("conversation") String conversation,
            @Parameter(description = "Column of who wrote") @QueryParam("author") String author,
            @Parameter(description = "Column of the text") @QueryParam("text") String text,
            @Parameter(description = "Column of the time") @QueryParam("at") String at,
            @Parameter(description = "Column of the customer") @QueryParam("customer") String customer,
            @Parameter(description = "Authors that are agents") @QueryParam("agent") List<String> agents,
            @Parameter(description = "Authors that are bots") @QueryParam("bot") List<String> bots,
            @Parameter(description = "Authors whose messages are left out") @QueryParam("ignore") List<String> ignored,
            @Parameter(description = "Authors that are customers") @QueryParam("client") List<String> customers,
            @Parameter(description = "What everybody else is: customer, agent, or system, which is left out")
                    @QueryParam("others")
                    @Pattern(regexp = "customer|agent|system", message = "is customer, agent or system")
                    String others,
            InputStream body) {
        Mapping mapping =
                new Mapping(conversation, author, text, at, customer, agents, bots, ignored, customers, others);
        return uploads.preview(body, HistoryFormat.named(format), encoding, mapping);
    }

    @POST
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @ResponseStatus(201)
    @Operation(
            operationId = "readHistory",
            summary = "Read a file of conversations",
            description = "The body is the file, plain or gzipped, up to 24 MiB; unpacked, 256 MiB. It is read in the"
                    + " background: personal data is masked, and the report says what is found. Nothing is learned before"
                    + " the import is confirmed.")
    @APIResponse(
            responseCode = "201",
            description = "The import",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = HistoryImport.class)))
    @APIResponse(responseCode = "422", description = "The file is no text, or it has to be said which column is what")
    public HistoryImport read(
            @Parameter(description = "Name of the file") @QueryParam("name") @DefaultValue("file") String name,
            @Parameter(description = FORMATS) @QueryParam("format") String format,
            @Parameter(description = "auto detects it") @QueryParam("encoding") String encoding,
            @Parameter(description = "Column of the conversation") @QueryParam("conversation") String conversation,
            @Parameter(description = "Column of who wrote") @QueryParam("author") String author,
            @Parameter(description = "Column of the text") @QueryParam("text") String text,
            @Parameter(description = "Column of the time") @QueryParam("at") String at,
            @Parameter(description = "Column of the customer") @QueryParam("customer") String customer,
            @Parameter(description = "Authors that are agents") @QueryParam("agent") List<String> agents,
            @Parameter(description = "Authors that are bots") @QueryParam("bot") List<String> bots,
            @Parameter(description = "Authors whose messages are left out") @QueryParam("ignore") List<String> ignored,
            @Parameter(description = "Authors that are customers") @QueryParam("client") List<String> customers,
            @Parameter(description = "What everybody else is: customer, agent, or system, which is left out")
                    @QueryParam("others")
                    @Pattern(regexp = "customer|agent|system", message = "is customer, agent or system")
                    String others,
            @Context SecurityContext who,
            InputStream body) {
        Mapping mapping =
                new Mapping(conversation, author, text, at, customer, agents, bots, ignored, customers, others);
        HistoryImport begun = uploads.begin(body, name, HistoryFormat.named(format), encoding, mapping, id(who));
        work.wake();
        return begun;
    }

    @GET
    @Operation(operationId = "listHistoryImports", summary = "The newest fifty imports, the newest first")
    public List<HistoryImport> list() {
        return history.list();
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getHistoryImport", summary = "An import, with its report and how far it is")
    public HistoryImport get(@RestPath UUID id) {
        return history.get(id);
    }

    @POST
    @Path("/{id}/import")
    @Operation(operationId = "importHistory", summary = "Learn from it, after its report")
    @APIResponse(
            responseCode = "200",
            description = "The import",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = HistoryImport.class)))
    @APIResponse(responseCode = "409", description = "There is no report yet, or it has been confirmed before")
    public HistoryImport confirm(@RestPath UUID id) {
        HistoryImport confirmed = history.confirm(id);
        work.wake();
        return confirmed;
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(operationId = "cancelHistory", summary = "Stop reading, and delete what was read")
    @APIResponse(
            responseCode = "200",
            description = "The import",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = HistoryImport.class)))
    @APIResponse(responseCode = "409", description = "It is confirmed or over already")
    public HistoryImport cancel(@RestPath UUID id) {
        return uploads.cancel(id);
    }

    @POST
    @Path("/{id}/undo")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "undoHistory",
            summary = "Take back all that was learned from it",
            description = "Its texts, its drafts and the questions that were remembered are deleted.")
    @APIResponse(
            responseCode = "200",
            description = "The import",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = HistoryImport.class)))
    @APIResponse(responseCode = "409", description = "It was not imported")
    public HistoryImport undo(@RestPath UUID id, @Valid Undo undo, @Context SecurityContext who) {
        return history.undo(id, present(undo).archiveReplies(), id(who));
    }

    @POST
    @Path("/forget")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "forgetHistory",
            summary = "Delete what was imported of one conversation or one customer, and what was learned from it",
            description = "Asked twice: first without the number of conversations, which says how many there are, then"
                    + " with it.")
    @APIResponse(
            responseCode = "200",
            description = "How much that was",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Forgotten.class)))
    @APIResponse(responseCode = "404", description = "There is none")
    @APIResponse(responseCode = "409", description = "It is being read, or there are more or fewer by now")
    public Forgotten forget(@Valid Forget forget) {
        Forget wanted = present(forget);
        HistoryService.Whom whom = new HistoryService.Whom(
                wanted.importId(), wanted.kind().equals("customer"), wanted.id().strip());
        return wanted.conversations() == null
                ? new Forgotten(history.find(whom), false)
                : new Forgotten(history.forget(whom, wanted.conversations()), true);
    }

    @GET
    @Path("/{id}/drafts")
    @Operation(
            operationId = "listHistoryDrafts",
            summary = "Drafts of replies, those that would have been used most first")
    public Page<HistoryDraft> drafts(
            @RestPath UUID id,
            @Parameter(description = "open, written or discarded")
                    @QueryParam("state")
                    @DefaultValue("open")
                    @Pattern(regexp = "open|written|discarded", message = "is open, written or discarded")
                    String state,
            @Parameter(description = "`next` of the page before") @QueryParam("cursor") String cursor,
            @QueryParam("limit") @PageLimit Integer limit) {
        if (history.get(id).state() != HistoryState.IMPORTED) {
            throw new Problem(ProblemCode.CONFLICT, "The drafts are there once the import is done.");
        }
        return drafts.list(id, state, cursor, limit);
    }

    @GET
    @Path("/drafts/{id}")
    @Operation(operationId = "getHistoryDraft", summary = "A draft with more of its questions and wordings")
    public HistoryDraft draft(@RestPath UUID id) {
        return drafts.get(id);
    }

    @GET
    @Path("/drafts/{id}/proposal")
    @Operation(operationId = "proposeReplyOfHistoryDraft", summary = "What the form of a reply begins with")
    public DraftProposal proposal(@RestPath UUID id) {
        return drafts.proposal(id);
    }

    @POST
    @Path("/drafts/{id}/reply")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            operationId = "writeReplyOfHistoryDraft",
            summary = "Make it a reply, as edited",
            description =
                    "It begins as a draft of the knowledge base. Once it is published, it is found by the questions"
                            + " that agents answered with it.")
    @APIResponse(
            responseCode = "201",
            description = "The reply",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ReplyView.class)))
    @APIResponse(responseCode = "409", description = "Somebody has decided about it, or the shortcode is taken")
    public ReplyView write(@RestPath UUID id, ReplyDraft draft, @Context SecurityContext who) {
        return drafts.write(id, present(draft), id(who));
    }

    @POST
    @Path("/drafts/{id}/publish")
    @Operation(operationId = "publishHistoryDraft", summary = "Make it a reply as it is, and publish that")
    @APIResponse(
            responseCode = "200",
            description = "The reply",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ReplyView.class)))
    @APIResponse(responseCode = "409", description = "Somebody has decided about it")
    public ReplyView publish(@RestPath UUID id, @Context SecurityContext who) {
        return drafts.publish(id, id(who));
    }

    @POST
    @Path("/drafts/{id}/discard")
    @ResponseStatus(204)
    @Operation(operationId = "discardHistoryDraft", summary = "It is nothing for the knowledge base")
    @APIResponse(responseCode = "204", description = "It is discarded")
    @APIResponse(responseCode = "409", description = "Somebody has decided about it")
    public void discard(@RestPath UUID id) {
        drafts.discard(id);
    }

    @POST
    @Path("/drafts/{id}/restore")
    @ResponseStatus(204)
    @Operation(operationId = "restoreHistoryDraft", summary = "Take back that it was discarded")
    @APIResponse(responseCode = "204", description = "It is open again")
    @APIResponse(responseCode = "409", description = "It is not discarded")
    public void restore(@RestPath UUID id) {
        drafts.restore(id);
    }

    @POST
    @Path("/drafts/{id}/merge")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "mergeHistoryDrafts",
            summary = "Join it to another draft of the import",
            description = "The other one keeps its text and gets the questions of both.")
    @APIResponse(
            responseCode = "200",
            description = "The other draft",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = HistoryDraft.class)))
    @APIResponse(responseCode = "409", description = "Somebody has decided about it")
    public HistoryDraft merge(@RestPath UUID id, @Valid Merge merge) {
        return drafts.merge(id, present(merge).into());
    }

    private static <T> T present(T body) {
        if (body == null) {
            throw new Problem(ProblemCode.INVALID, "The body is missing.");
        }
        return body;
    }

    private static UUID id(SecurityContext who) {
        return UUID.fromString(who.getUserPrincipal().getName());
    }
}

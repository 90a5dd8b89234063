package io.replyloop.curation;

import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Page;
import io.replyloop.platform.PageLimit;
import io.replyloop.platform.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The examples that training learns from, to look over and to correct. */
@Path("/api/examples")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Examples")
public class ExamplesResource {
    @Schema(name = "ExampleExclusion")
    record Exclusion(
            @Schema(description = "true keeps the example out of training, false lets it in again", examples = "true")
            @NotNull
            Boolean excluded) {}

    @Schema(name = "ExampleExclusions")
    record Exclusions(
            @Schema(description = "Ids of at most 500 examples", examples = "[41, 42]")
            @NotEmpty(message = "is missing")
            @Size(max = CurationService.MOST_AT_ONCE, message = "has too many; at most {max} are allowed")
            List<@NotNull(message = "is missing") Long> examples,

            @Schema(description = "true keeps them out of training, false lets them in again", examples = "true")
            @NotNull(message = "is missing")
            Boolean excluded) {}

    @Schema(name = "ExampleLabels")
    record Labels(
            @Schema(description = "At most 500 examples")
            @NotEmpty(message = "is missing")
            @Size(max = CurationService.MOST_AT_ONCE, message = "has too many; at most {max} are allowed")
            List<@NotNull(message = "is missing") @Valid Read> examples,

            @Schema(description = "fits or does-not-fit", examples = "fits") @NotNull(message = "is missing")
            Correction.Verdict verdict) {}

    @Schema(name = "ExampleRead")
    record Read(
            @Schema(description = "Id of the example", examples = "42") @NotNull(message = "is missing")
            Long id,

            @Schema(description = "The version of it that was read", examples = "0") @NotNull(message = "is missing")
            Integer version) {}

    @Schema(name = "ExampleComment")
    record Comment(
            @Schema(description = "What there is to say about it", examples = "Ask Kim about exchanges")
            @NotBlank(message = "is missing")
            @Size(max = Correction.LONGEST_COMMENT, message = "is too long; at most {max} characters are allowed")
            String text) {}

    private final ExampleList list;
    private final CurationService curation;
    private final CurationHistory history;

    ExamplesResource(ExampleList list, CurationService curation, CurationHistory history) {
        this.list = list;
        this.curation = curation;
        this.history = history;
    }

    @GET
    @Operation(operationId = "listExamples", summary = "Labelled examples with where they come from, newest first")
    public Page<ExampleView> list(
            @BeanParam ExampleParameters filter,
            @Parameter(description = "`next` of the page before") @QueryParam("cursor") String cursor,
            @QueryParam("limit") @PageLimit Integer limit) {
        return list.page(filter.filter(), cursor, limit);
    }

    @GET
    @Path("/counts")
    @Operation(operationId = "countExamples", summary = "How many examples a filter selects")
    public ExampleCounts count(@BeanParam ExampleParameters filter) {
        return list.count(filter.filter());
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getExample", summary = "One example")
    public ExampleView get(@RestPath long id) {
        return list.get(id);
    }

    @GET
    @Path("/{id}/acts")
    @Operation(
            operationId = "listActsOnExample",
            summary = "What people have done to an example, newest first; at most 200")
    public List<CurationActView> history(@RestPath long id) {
        return history.ofExample(id);
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "excludeExample", summary = "Keep an example out of training, or let it in again")
    public ExampleView exclude(@RestPath long id, @NotNull @Valid Exclusion exclusion, @Context SecurityContext who) {
        return curation.exclude(List.of(id), exclusion.excluded(), id(who)).get(0);
    }

    @POST
    @Path("/exclusions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "excludeExamples",
            summary = "Keep many examples out of training, or let them in again",
            description = "One act, which is undone as a whole. Nothing changes if one of them does not exist.")
    public List<ExampleView> exclude(@NotNull @Valid Exclusions exclusions, @Context SecurityContext who) {
        return curation.exclude(exclusions.examples(), exclusions.excluded(), id(who));
    }

    @PUT
    @Path("/{id}/label")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "correctExample",
            summary = "Correct the label of an example",
            description = "The next snapshot takes it; those before stay as they are. What is suggested for the same"
                    + " question follows within seconds. Refused with 409 if somebody has changed the example since"
                    + " it was read, or if the other reply is not published.")
    public ExampleView correct(@RestPath long id, @NotNull @Valid Correction correction, @Context SecurityContext who) {
        return curation.correct(id, correction, id(who));
    }

    @POST
    @Path("/labels")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "correctExamples",
            summary = "Say of several examples at once whether their replies fit",
            description = "One act, which is undone as a whole. Refused with 409, and nothing changes, if somebody has"
                    + " changed one of them since it was read.")
    public List<ExampleView> correct(@NotNull @Valid Labels labels, @Context SecurityContext who) {
        if (labels.verdict() == Correction.Verdict.ANOTHER_REPLY) {
            throw Problem.ofField("verdict", FieldRule.MALFORMED, "verdict: is fits or does-not-fit");
        }
        Map<Long, Integer> versions = new HashMap<>();
        labels.examples().forEach(one -> versions.put(one.id(), one.version()));
        return curation.correct(versions, labels.verdict() == Correction.Verdict.FITS, id(who));
    }

    @POST
    @Path("/{id}/comments")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "commentExample", summary = "Say something about an example, for colleagues")
    public ExampleView comment(@RestPath long id, @NotNull @Valid Comment comment, @Context SecurityContext who) {
        return curation.comment(id, comment.text(), id(who));
    }

    @GET
    @Path("/acts")
    @Operation(operationId = "listCurationActs", summary = "What was done to examples, newest first")
    public Page<CurationEntryView> acts(
            @Parameter(description = "`next` of the page before") @QueryParam("cursor") String cursor,
            @QueryParam("limit") @PageLimit Integer limit) {
        return history.lately(cursor, limit);
    }

    @POST
    @Path("/acts/{act}/undo")
    @Operation(
            operationId = "undoCurationAct",
            summary = "Take back what was done to examples",
            description = "By anybody who may do it. Refused with 409 when it is undone already, or when something was"
                    + " changed again later, which has to be undone first.")
    public List<ExampleView> undo(
            @Parameter(description = "Id of the act") @RestPath UUID act, @Context SecurityContext who) {
        return curation.undo(act, id(who));
    }

    private static UUID id(SecurityContext who) {
        return UUID.fromString(who.getUserPrincipal().getName());
    }
}

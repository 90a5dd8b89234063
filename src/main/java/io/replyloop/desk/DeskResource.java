package io.replyloop.desk;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replyloop.erasure.ErasureReport;
import io.replyloop.identity.CurrentAgent;
import io.replyloop.suggestion.SuggestionsView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The ranker for programs, such as another desk. */
@Path("/api/v1")
@Tag(name = "Other desks")
public class DeskResource {
    private static final String KEY = "Idempotency-Key";

    private final DeskQuestions questions;
    private final DeskFeedback feedback;
    private final DeskErasure erasure;
    private final CurrentAgent program;

    DeskResource(DeskQuestions questions, DeskFeedback feedback, DeskErasure erasure, CurrentAgent program) {
        this.questions = questions;
        this.feedback = feedback;
        this.erasure = erasure;
        this.program = program;
    }

    @Schema(name = "SuggestionsElsewhere")
    public record Suggested(
            @Schema(description = "To be named in the feedback", required = true)
            UUID impression,

            @Schema(description = "The best first; none when the model is unsure", required = true)
            List<SuggestionsView.Item> suggestions,

            @Schema(description = "Number of the model version that ranked them", examples = "3", required = true)
            @JsonProperty("model")
            long modelNumber,

            @Schema(description = "How long it took, in milliseconds", examples = "41.2", required = true)
            double tookMillis) {
        private static Suggested of(SuggestionsView view) {
            List<SuggestionsView.Item> items =
                    view.items().stream().map(SuggestionsView.Item::forOthers).toList();
            return new Suggested(view.impression(), items, view.modelNumber(), view.tookMillis());
        }
    }

    @Schema(name = "FeedbackTaken")
    public record Taken(
            @Schema(
                    description = "Whether it counts: the first answer to the suggestions does, and the first rejection"
                            + " of each reply",
                    examples = "true",
                    required = true)
            boolean counted) {}

    @POST
    @Path("/suggest")
    @RolesAllowed("suggest")
    @Operation(
            operationId = "suggestElsewhere",
            summary = "Find replies to a question that a customer has asked in another desk")
    @APIResponseSchema(value = Suggested.class, responseCode = "200")
    @APIResponse(
            responseCode = "409",
            description = "The Idempotency-Key was sent with another body, or the conversation was just erased")
    @APIResponse(
            responseCode = "503",
            description = "Too many questions at once, or no replies yet; Retry-After says how many seconds to wait")
    public Suggested suggest(
            @Parameter(description = "A name for this request, by which it is recognised when it is sent again")
                    @HeaderParam(KEY)
                    String key,
            @Valid @NotNull(message = "send a JSON object") Question question) {
        return Suggested.of(questions.answer(program.get().id(), key, question));
    }

    @POST
    @Path("/feedback")
    @RolesAllowed("feedback")
    @Operation(operationId = "feedBackFromElsewhere", summary = "Say what was done with suggestions in another desk")
    @APIResponseSchema(value = Taken.class, responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such impression (any more), or no such reply")
    @APIResponse(responseCode = "409", description = "The Idempotency-Key was sent with another body")
    public Taken feedback(
            @Parameter(description = "A name for this request, by which it is recognised when it is sent again")
                    @HeaderParam(KEY)
                    String key,
            @Valid @NotNull(message = "send a JSON object") Feedback told) {
        return new Taken(feedback.take(program.get(), key, told));
    }

    @DELETE
    @Path("/conversations/{name}")
    @RolesAllowed("conversations.erase")
    @Operation(
            operationId = "eraseConversationElsewhere",
            summary = "Erase what a customer has asked in another desk, and what was learned from it")
    @APIResponseSchema(value = ErasureReport.class, responseCode = "200")
    public ErasureReport erase(
            @Parameter(description = "What the program calls the conversation") @PathParam("name") String name) {
        return erasure.erase(program.get().id(), name);
    }
}

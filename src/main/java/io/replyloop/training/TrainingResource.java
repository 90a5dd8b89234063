package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

@Path("/api/training")
@RolesAllowed("admin")
@Tag(name = "Training")
public class TrainingResource {

    /** What a start may ask for; everything may be left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "TrainingStart")
    public record Start(
            @Schema(description = "What differs from the defaults") @Valid
            TrainingOptions options,

            @Schema(
                    description = "Whether to begin at a model that has learned nothing from customers who were erased,"
                            + " and not at the one that serves",
                    examples = "false")
            Boolean withoutErased) {}

    private final TrainingService training;
    private final ScheduleService schedules;
    private final PromotionService promotions;
    private final TrainingWorkers workers;
    private final SecurityIdentity caller;

    TrainingResource(
            TrainingService training,
            ScheduleService schedules,
            PromotionService promotions,
            TrainingWorkers workers,
            SecurityIdentity caller) {
        this.training = training;
        this.promotions = promotions;
        this.schedules = schedules;
        this.workers = workers;
        this.caller = caller;
    }

    /** The newest hundred, newest first. */
    @GET
    @Path("/runs")
    @Operation(operationId = "listTrainingRuns", summary = "List the newest hundred runs, the newest first")
    public List<TrainingRunView> runs() {
        return training.runs();
    }

    @POST
    @Path("/runs")
    @ResponseStatus(201)
    @Operation(operationId = "startTraining", summary = "Start a run of fine-tuning")
    @APIResponse(
            responseCode = "201",
            description = "The run, which waits for a worker",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = TrainingRunView.class)))
    @APIResponse(responseCode = "409", description = "There are too few examples, or a run is under way")
    public TrainingRunView start(@Valid Start start) {
        TrainingRunView run = training.start(
                TrainingService.MANUAL,
                UUID.fromString(caller.getPrincipal().getName()),
                start == null ? null : start.options(),
                start != null && Boolean.TRUE.equals(start.withoutErased()));
        workers.wake();
        return run;
    }

    /** One run with its curve. */
    @GET
    @Path("/runs/{id}")
    @Operation(operationId = "getTrainingRun", summary = "Read one run with its curve")
    public TrainingRunView run(UUID id) {
        return training.run(id);
    }

    @POST
    @Path("/runs/{id}/cancel")
    @Operation(operationId = "cancelTraining", summary = "Stop a run; what it has learned is dropped")
    @APIResponseSchema(value = TrainingRunView.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "The run has ended")
    public TrainingRunView cancel(UUID id) {
        return training.cancel(id);
    }

    /** What an admin reads before a promotion. */
    @GET
    @Path("/runs/{id}/flipped-cases")
    @Operation(
            operationId = "listFlippedCases",
            summary =
                    "List test questions that the serving and the new model answer differently, those that got worse first")
    public List<FlippedCaseView> flipped(UUID id) {
        return promotions.flipped(id);
    }

    @GET
    @Path("/promotion-policy")
    @Operation(operationId = "getPromotionPolicy", summary = "Read who decides whether a new model serves")
    public PromotionPolicyView policy() {
        return promotions.policy();
    }

    @PUT
    @Path("/promotion-policy")
    @Operation(operationId = "updatePromotionPolicy", summary = "Change who decides whether a new model serves")
    public PromotionPolicyView change(@Valid @NotNull PromotionPolicyView policy) {
        return promotions.change(policy, UUID.fromString(caller.getPrincipal().getName()));
    }

    @GET
    @Path("/schedule")
    @Operation(operationId = "getTrainingSchedule", summary = "Read when runs start by themselves")
    public ScheduleView schedule() {
        return schedules.schedule();
    }

    @PUT
    @Path("/schedule")
    @Operation(operationId = "updateTrainingSchedule", summary = "Change when runs start by themselves")
    public ScheduleView change(ScheduleView schedule) {
        return schedules.change(schedule);
    }
}

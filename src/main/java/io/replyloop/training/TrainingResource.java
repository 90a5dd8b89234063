package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.security.identity.SecurityIdentity;
import io.replyloop.platform.PlainText;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
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
                    description = "Whether to start although there is less to learn from than a run should have; what"
                            + " cannot be learned from or measured at all is refused even so",
                    examples = "false")
            Boolean anyway,

            @Schema(
                    description = "Whether to begin at a model that has learned nothing from customers who were erased,"
                            + " and not at the one that serves",
                    examples = "false")
            Boolean withoutErased) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "MeasurementStart")
    public record Measurement(
            @Schema(
                    description = "Id of the model to measure",
                    examples = "3f1c0a52-8d4e-4b7a-9c61-5e2d7f90ab14",
                    required = true)
            @NotNull
            UUID model,

            @Schema(description = "Id of the model to measure it against; the one that serves where it is left out")
            UUID against) {}

    @Schema(name = "TrainingRejectionReason")
    public record Reason(
            @Schema(description = "Why its model is not wanted", examples = "Worse in Chinese")
            @NotBlank
            @Size(max = 500)
            @PlainText
            String reason) {}

    private final TrainingService training;
    private final MeasurementService measurements;
    private final ScheduleService schedules;
    private final OutlookService outlooks;
    private final TrainingWorkers workers;
    private final SecurityIdentity caller;

    TrainingResource(
            TrainingService training,
            MeasurementService measurements,
            ScheduleService schedules,
            OutlookService outlooks,
            TrainingWorkers workers,
            SecurityIdentity caller) {
        this.training = training;
        this.measurements = measurements;
        this.schedules = schedules;
        this.outlooks = outlooks;
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
                admin(),
                start == null ? null : start.options(),
                start != null && Boolean.TRUE.equals(start.anyway()),
                start != null && Boolean.TRUE.equals(start.withoutErased()));
        workers.wake();
        return run;
    }

    /** A run, too, which waits, is cancelled and is listed as all are. */
    @POST
    @Path("/measurements")
    @ResponseStatus(201)
    @Operation(
            operationId = "measureModels",
            summary = "Measure two models on the same test questions, without training any")
    @APIResponse(
            responseCode = "201",
            description = "The run, which waits for a worker",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = TrainingRunView.class)))
    @APIResponse(responseCode = "404", description = "There is no such model")
    @APIResponse(
            responseCode = "409",
            description =
                    "There are too few test questions, the files of a model were removed, no model serves, or a run"
                            + " is under way")
    public TrainingRunView measure(@NotNull @Valid Measurement measurement) {
        TrainingRunView run = measurements.start(measurement.model(), measurement.against(), admin());
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

    /** The model stays where it is, and may be promoted after all. */
    @PUT
    @Path("/runs/{id}/rejection")
    @Operation(operationId = "rejectTrainingRun", summary = "Say that the model of a run is not wanted, and why")
    @APIResponseSchema(value = TrainingRunView.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "The run has made no model, or its model serves")
    public TrainingRunView reject(UUID id, @NotNull @Valid Reason reason) {
        return training.reject(id, admin(), reason.reason());
    }

    @DELETE
    @Path("/runs/{id}/rejection")
    @Operation(operationId = "takeBackTrainingRejection", summary = "Take a rejection back: the decision is open again")
    @APIResponseSchema(value = TrainingRunView.class, responseCode = "200")
    public TrainingRunView takeBackRejection(UUID id) {
        return training.takeBackRejection(id);
    }

    @GET
    @Path("/runs/{id}/log")
    @Operation(operationId = "getTrainingLog", summary = "Read the newest 500 lines of a run's log, the oldest first")
    public List<TrainingRunView.LogLine> log(
            UUID id,
            @Parameter(description = "Only lines after this number") @QueryParam("after") @DefaultValue("0") @Min(0)
                    long after) {
        return training.log(id, after);
    }

    @GET
    @Path("/outlook")
    @Operation(
            operationId = "getTrainingOutlook",
            summary =
                    "Read how far it is to the next useful run, the next planned starts and what came of the last ones")
    public OutlookView outlook() {
        return outlooks.outlook();
    }

    @GET
    @Path("/time-zones")
    @Operation(operationId = "listTimeZones", summary = "List the time zones that a schedule may name")
    public List<TimeZones.Zone> timeZones() {
        return TimeZones.all();
    }

    /** Stores nothing. */
    @GET
    @Path("/schedule/preview")
    @Operation(
            operationId = "previewTrainingSchedule",
            summary = "See the next five starts of a schedule before it is saved")
    public List<UpcomingStart> preview(
            @Parameter(description = "When, as a cron expression of five fields") @QueryParam("cron") String cron,
            @Parameter(description = "In which time zone") @QueryParam("timeZone") String timeZone,
            @Parameter(description = "How many new decisions it takes")
                    @QueryParam("minimumDecisions")
                    @Min(1)
                    @Max(ScheduleSettings.MOST_DECISIONS)
                    Integer minimumDecisions,
            @Parameter(description = "Start of the quiet hours, if there are any") @QueryParam("quietFrom")
                    String quietFrom,
            @Parameter(description = "End of the quiet hours, if there are any") @QueryParam("quietUntil")
                    String quietUntil) {
        return outlooks.preview(new ScheduleView(
                true, cron, timeZone, minimumDecisions, quietFrom, quietUntil, null, null, null, null));
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

    private UUID admin() {
        return UUID.fromString(caller.getPrincipal().getName());
    }
}

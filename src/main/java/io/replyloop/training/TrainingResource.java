package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

@Path("/api/training")
@RolesAllowed("admin")
public class TrainingResource {

    /** What a start may ask for; everything may be left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Start(@Valid TrainingOptions options) {}

    private final TrainingService training;
    private final ScheduleService schedules;
    private final TrainingWorkers workers;
    private final SecurityIdentity caller;

    TrainingResource(
            TrainingService training, ScheduleService schedules, TrainingWorkers workers, SecurityIdentity caller) {
        this.training = training;
        this.schedules = schedules;
        this.workers = workers;
        this.caller = caller;
    }

    /** The newest hundred, newest first. */
    @GET
    @Path("/runs")
    public List<TrainingRunView> runs() {
        return training.runs();
    }

    @POST
    @Path("/runs")
    @ResponseStatus(201)
    public TrainingRunView start(@Valid Start start) {
        TrainingRunView run = training.start(
                TrainingService.MANUAL,
                UUID.fromString(caller.getPrincipal().getName()),
                start == null ? null : start.options());
        workers.wake();
        return run;
    }

    /** One run with its curve. */
    @GET
    @Path("/runs/{id}")
    public TrainingRunView run(UUID id) {
        return training.run(id);
    }

    @POST
    @Path("/runs/{id}/cancel")
    public TrainingRunView cancel(UUID id) {
        return training.cancel(id);
    }

    @GET
    @Path("/schedule")
    public ScheduleView schedule() {
        return schedules.schedule();
    }

    @PUT
    @Path("/schedule")
    public ScheduleView change(ScheduleView schedule) {
        return schedules.change(schedule);
    }
}

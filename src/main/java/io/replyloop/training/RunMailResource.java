package io.replyloop.training;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Whether an admin is mailed how training runs have ended: each for themselves. */
@Path("/api/training/mails")
@RolesAllowed("admin")
@Tag(name = "Training")
public class RunMailResource {
    private final RunMails mails;
    private final SecurityIdentity caller;

    RunMailResource(RunMails mails, SecurityIdentity caller) {
        this.mails = mails;
        this.caller = caller;
    }

    @Schema(name = "RunMails")
    public record Mine(
            @Schema(description = "Whether mails are sent at all", examples = "true", required = true)
            boolean offered,

            @Schema(description = "Whether you get one when a run has ended", examples = "false", required = true)
            boolean wanted) {}

    @Schema(name = "RunMailWish")
    public record Wish(
            @Schema(description = "Whether you want one when a run has ended", examples = "true")
            @NotNull(message = "give true or false")
            Boolean wanted) {}

    @GET
    @Operation(operationId = "getRunMails", summary = "Whether you are mailed how training runs have ended")
    public Mine get() {
        return new Mine(mails.areOffered(), mails.areWantedBy(me()));
    }

    @PUT
    @Operation(operationId = "updateRunMails", summary = "Be mailed how training runs have ended, or not any more")
    @APIResponse(responseCode = "204", description = "So it is from now on")
    public void change(
            @Valid @NotNull(message = "send a JSON object") Wish wish,
            @Parameter(hidden = true) @HeaderParam("Accept-Language") String language) {
        mails.change(me(), wish.wanted(), language);
    }

    private UUID me() {
        return UUID.fromString(caller.getPrincipal().getName());
    }
}

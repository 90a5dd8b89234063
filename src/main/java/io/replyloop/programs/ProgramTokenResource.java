package io.replyloop.programs;

import io.replyloop.identity.CurrentAgent;
import io.replyloop.identity.Role;
import io.replyloop.platform.PlainText;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The tokens with which programs use this interface. */
@Path("/api/program-tokens")
@RolesAllowed(Role.ADMIN_NAME)
@Tag(name = "Programs")
public class ProgramTokenResource {
    private final ProgramTokens tokens;
    private final CurrentAgent currentAgent;

    ProgramTokenResource(ProgramTokens tokens, CurrentAgent currentAgent) {
        this.tokens = tokens;
        this.currentAgent = currentAgent;
    }

    @Schema(name = "NewProgramToken")
    public record Wanted(
            @Schema(description = "What people call the program", examples = "Chatwoot")
            @NotBlank(message = "give a name")
            @Size(max = 60, message = "has at most 60 characters")
            @PlainText(lines = false)
            String name,

            @Schema(description = "What it may do; as little as it needs")
            @NotEmpty(message = "choose at least one")
            @Size(max = 20, message = "has at most 20 entries")
            Set<@NotNull(message = "must not be null") Scope> scopes,

            @Schema(
                    description = "For how many days it is valid; 0 for one that does not expire, and 365 if absent",
                    examples = "90")
            @Min(value = 0, message = "is at least 0")
            @Max(value = 3650, message = "is at most 3650")
            Integer days) {}

    @Schema(name = "MadeProgramToken")
    public record Made(
            @Schema(description = "What is known of it from now on", required = true)
            ProgramTokenView token,

            @Schema(
                    description = "The token itself. Shown once: the server keeps only its hash",
                    examples = "replyloop_bXkgdG9rZW4",
                    required = true)
            String secret) {
        private static Made of(ProgramTokens.Made made) {
            return new Made(made.token(), made.secret());
        }
    }

    @GET
    @Operation(operationId = "listProgramTokens", summary = "List the tokens that are not revoked")
    public List<ProgramTokenView> list() {
        return tokens.list();
    }

    @GET
    @Path("/accounts")
    @Operation(
            operationId = "listPrograms",
            summary = "List the programs, also those whose token was revoked",
            description = "To look for what one of them has done, in the dataset or in the audit log.")
    public List<Program> programs() {
        return tokens.programs();
    }

    @POST
    @Operation(operationId = "createProgramToken", summary = "Make a token for a program; the answer has it, once")
    @APIResponseSchema(value = Made.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "There are too many tokens")
    public Made create(@Valid @NotNull(message = "send a JSON object") Wanted wanted) {
        return Made.of(tokens.create(currentAgent.get(), wanted.name(), wanted.scopes(), wanted.days()));
    }

    @POST
    @Path("/{id}/renew")
    @Operation(
            operationId = "renewProgramToken",
            summary = "Make a new secret for a token, valid for as long again; the old one ends")
    @APIResponseSchema(value = Made.class, responseCode = "200")
    public Made renew(UUID id) {
        return Made.of(tokens.renew(currentAgent.get(), id));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "revokeProgramToken", summary = "Revoke a token, for good")
    @APIResponse(responseCode = "204", description = "No program can use it")
    public void revoke(UUID id) {
        tokens.revoke(id);
    }
}

package io.replyloop.identity;

import io.replyloop.platform.PlainText;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Notes about a customer, which the profile lists. */
@Path("/api/customers/{customer}/notes")
@RolesAllowed(Role.AGENT_NAME)
@Tag(name = "Customers")
public class CustomerNoteResource {
    private static final String BODY = "send a JSON object";

    private final CustomerNotes notes;
    private final CurrentAgent currentAgent;

    CustomerNoteResource(CustomerNotes notes, CurrentAgent currentAgent) {
        this.notes = notes;
        this.currentAgent = currentAgent;
    }

    @Schema(name = "NewCustomerNote")
    public record Added(
            @Schema(description = "Its id; sent again with the same id, it is added once", required = true)
            @NotNull(message = "is missing")
            UUID id,

            @Schema(description = "What it says", examples = "Prefers to be called in the morning", required = true)
            @NotBlank(message = "is missing")
            @Size(max = CustomerNotes.LONGEST, message = "is too long; at most {max} characters are allowed")
            @PlainText
            String text) {}

    @Schema(name = "CustomerNoteChange")
    public record Changed(
            @Schema(description = "What it says now", required = true)
            @NotBlank(message = "is missing")
            @Size(max = CustomerNotes.LONGEST, message = "is too long; at most {max} characters are allowed")
            @PlainText
            String text,

            @Schema(description = "`version` of the note that was read before", examples = "1", required = true)
            @NotNull(message = "is missing")
            Integer version) {}

    @POST
    @Operation(operationId = "addCustomerNote", summary = "Note something about a customer, at most 50 times")
    @APIResponseSchema(value = CustomerNote.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "There are 50 notes, or another one with this id")
    public CustomerNote add(@RestPath UUID customer, @Valid @NotNull(message = BODY) Added note) {
        return notes.add(customer, currentAgent.get(), note.id(), note.text());
    }

    @PUT
    @Path("/{id}")
    @Operation(operationId = "updateCustomerNote", summary = "Change a note of one's own; admins change any")
    @APIResponseSchema(value = CustomerNote.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "Somebody has changed it since")
    public CustomerNote change(
            @RestPath UUID customer, @RestPath UUID id, @Valid @NotNull(message = BODY) Changed note) {
        return notes.change(customer, currentAgent.get(), id, note.version(), note.text());
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteCustomerNote", summary = "Delete a note of one's own; admins delete any")
    public void delete(@RestPath UUID customer, @RestPath UUID id) {
        notes.delete(customer, currentAgent.get(), id);
    }
}

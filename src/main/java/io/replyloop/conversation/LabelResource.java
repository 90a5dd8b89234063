package io.replyloop.conversation;

import io.replyloop.platform.PlainText;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The labels: every agent uses them, admins decide which there are. */
@Path("/api/labels")
@RolesAllowed("admin")
@Tag(name = "Labels")
public class LabelResource {
    private final Labels labels;

    LabelResource(Labels labels) {
        this.labels = labels;
    }

    @Schema(name = "LabelSettings")
    public record Settings(
            @Schema(description = "What it is called", examples = "Refund", required = true)
            @NotBlank(message = "is missing")
            @Size(max = 40, message = "is too long; at most {max} characters are allowed")
            @PlainText(lines = false)
            String name,

            @Schema(description = "Its colour", examples = "teal", required = true) @NotNull(message = "is missing")
            LabelColour color) {}

    @GET
    @RolesAllowed("agent")
    @Operation(operationId = "listLabels", summary = "The labels that conversations can have, by their names")
    public List<LabelView> list() {
        return labels.all();
    }

    @POST
    @Operation(operationId = "createLabel", summary = "Add a label")
    public LabelView create(@Valid @NotNull(message = "send a JSON object") Settings settings) {
        return labels.create(settings.name(), settings.color());
    }

    @PUT
    @Path("/{id}")
    @Operation(
            operationId = "updateLabel",
            summary = "Change a label's name or colour, on all conversations that have it")
    public LabelView update(@RestPath UUID id, @Valid @NotNull(message = "send a JSON object") Settings settings) {
        return labels.change(id, settings.name(), settings.color());
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteLabel", summary = "Delete a label, which takes it off all conversations")
    public void delete(@RestPath UUID id) {
        labels.delete(id);
    }
}

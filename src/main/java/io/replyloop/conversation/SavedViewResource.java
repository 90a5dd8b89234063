package io.replyloop.conversation;

import io.replyloop.identity.CurrentAgent;
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

/** The views of the inbox that the agent who asks has saved. */
@Path("/api/inbox-views")
@RolesAllowed("agent")
@Tag(name = "Saved views")
public class SavedViewResource {
    private final SavedViews views;
    private final CurrentAgent currentAgent;

    SavedViewResource(SavedViews views, CurrentAgent currentAgent) {
        this.views = views;
        this.currentAgent = currentAgent;
    }

    @Schema(name = "SavedViewSettings")
    public record Settings(
            @Schema(description = "What it is called", examples = "Urgent refunds", required = true)
            @NotBlank(message = "is missing")
            @Size(max = 60, message = "is too long; at most {max} characters are allowed")
            @PlainText(lines = false)
            String name,

            @Schema(description = "What it shows", required = true) @NotNull(message = "is missing")
            SavedView.Query query) {}

    @GET
    @Operation(operationId = "listSavedViews", summary = "Your saved views, the oldest first")
    public List<SavedView> list() {
        return views.of(currentAgent.get());
    }

    @POST
    @Operation(operationId = "createSavedView", summary = "Save a view")
    public SavedView create(@Valid @NotNull(message = "send a JSON object") Settings settings) {
        return views.create(currentAgent.get(), settings.name(), settings.query());
    }

    @PUT
    @Path("/{id}")
    @Operation(operationId = "updateSavedView", summary = "Change a saved view")
    public SavedView update(@RestPath UUID id, @Valid @NotNull(message = "send a JSON object") Settings settings) {
        return views.change(currentAgent.get(), id, settings.name(), settings.query());
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteSavedView", summary = "Delete a saved view")
    public void delete(@RestPath UUID id) {
        views.delete(currentAgent.get(), id);
    }
}

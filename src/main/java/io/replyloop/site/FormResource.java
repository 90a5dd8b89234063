package io.replyloop.site;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What a site asks before a conversation begins, for admins. */
@Path("/api/sites/{id}/form")
@RolesAllowed("admin")
@Tag(name = "Sites")
public class FormResource {
    private final Forms forms;

    FormResource(Forms forms) {
        this.forms = forms;
    }

    @GET
    @Operation(operationId = "getSiteForm", summary = "What a site asks before a conversation begins")
    public FormSettings get(@RestPath UUID id) {
        return forms.settings(id);
    }

    @PUT
    @Operation(operationId = "updateSiteForm", summary = "Change what a site asks before a conversation begins")
    public FormSettings change(@RestPath UUID id, @Valid @NotNull(message = "send a JSON object") FormSettings form) {
        return forms.change(id, form);
    }
}

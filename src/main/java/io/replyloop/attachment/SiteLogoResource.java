package io.replyloop.attachment;

import io.replyloop.identity.Role;
import io.replyloop.platform.LimitedBeforeBody;
import io.replyloop.site.Logo;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What a site has for a logo, for admins. */
@Path("/api/sites/{id}/logo")
@RolesAllowed(Role.ADMIN_NAME)
@Tag(name = "Sites")
public class SiteLogoResource implements LimitedBeforeBody {
    private final SiteLogos logos;

    SiteLogoResource(SiteLogos logos) {
        this.logos = logos;
    }

    /** Of strangers, none gets here: the role has been checked by now. */
    @Override
    public void admit(HttpServerRequest request) {}

    @Override
    public OptionalLong longestFile() {
        return OptionalLong.of(SiteLogos.LARGEST);
    }

    @GET
    @Operation(operationId = "getLogoOfSite", summary = "The site's logo")
    @APIResponseSchema(value = Logo.class, responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is none, or no such site")
    public Logo get(@RestPath UUID id) {
        return logos.of(id);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            operationId = "updateLogoOfSite",
            summary = "Give the site a logo, or another one",
            description =
                    "The body is the picture: PNG, JPEG or WebP, which its contents decide, of at most 1 MiB. What"
                            + " is kept is made anew from it, at most 320 pixels wide and high.")
    @APIResponseSchema(value = Logo.class, responseCode = "200")
    @APIResponse(responseCode = "413", description = "The file is too large")
    @APIResponse(responseCode = "415", description = "It is no picture of these kinds, or a damaged one")
    public Logo change(@RestPath UUID id, InputStream body) throws IOException {
        return logos.change(id, body);
    }

    @DELETE
    @Operation(operationId = "deleteLogoOfSite", summary = "Take the logo away")
    public void remove(@RestPath UUID id) {
        logos.remove(id);
    }
}

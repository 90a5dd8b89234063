package io.replyloop.site;

import io.replyloop.platform.Problem;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Logos, for everybody who opens a chat. What is at an address never changes, so browsers keep it (PageHeaders). */
@Path("/api/site-logos/{hash}")
@PermitAll
@Tag(name = "Widget")
public class LogoResource {
    private static final String HASH = "[0-9a-f]{64}";

    private final Logos logos;

    LogoResource(Logos logos) {
        this.logos = logos;
    }

    @GET
    @Operation(operationId = "getSiteLogo", summary = "A picture that a site has for a logo")
    @APIResponse(
            responseCode = "200",
            description = "The picture, made by this server",
            content = @Content(mediaType = "image/*", schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response picture(
            @Parameter(description = "SHA-256 of the picture, in hexadecimal digits") @RestPath String hash) {
        if (!hash.matches(HASH)) {
            throw Problem.notFound("logo");
        }
        Logos.Picture picture = logos.read(hash).orElseThrow(() -> Problem.notFound("logo"));
        return Response.ok(picture.bytes(), picture.mediaType())
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .build();
    }
}

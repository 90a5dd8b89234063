package io.replyloop.erasure;

import io.quarkus.security.identity.SecurityIdentity;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Role;
import io.replyloop.platform.Page;
import io.replyloop.platform.PageLimit;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What admins do about personal data: give it out, erase it, and say how long it is kept. */
@Path("/api")
@RolesAllowed(Role.ADMIN_NAME)
@Tag(name = "Privacy")
public class ErasureResource {
    private final ErasureService erasures;
    private final RetentionService retention;
    private final CustomerExport export;
    private final SecurityIdentity caller;

    ErasureResource(
            ErasureService erasures, RetentionService retention, CustomerExport export, SecurityIdentity caller) {
        this.erasures = erasures;
        this.retention = retention;
        this.export = export;
        this.caller = caller;
    }

    @Schema(name = "ErasureRequest")
    public record Request(
            @Schema(description = "Why, for the team to read; without personal data", examples = "Request by mail")
            @Size(max = 500, message = "has at most 500 characters")
            String reason) {}

    @POST
    @Path("/customers/{id}/erase")
    @Operation(
            operationId = "eraseCustomer",
            summary = "Erase a customer, their conversation, and all that was learned from it, for good")
    public ErasureReport erase(UUID id, @Valid Request request) {
        return erasures.erase(id, agent(), request == null ? null : request.reason());
    }

    @GET
    @Path("/customers/{id}/export")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "exportCustomer", summary = "All that is kept of a customer, as JSON")
    @APIResponse(
            responseCode = "200",
            description = "Who the customer is, and everything in the conversation, notes included",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT, implementation = Object.class)))
    public Response export(UUID id) {
        CustomerIdentity customer = export.begin(id);
        StreamingOutput body = out -> export.write(customer, out);
        return Response.ok(body)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"customer-" + id + ".json\"")
                .build();
    }

    @GET
    @Path("/customers/{id}/export/files")
    @Produces("application/zip")
    @Operation(
            operationId = "exportCustomerFiles",
            summary = "The same with all files that were attached, as a ZIP archive")
    @APIResponse(
            responseCode = "200",
            description = "customer.json, and the files",
            content =
                    @Content(
                            mediaType = "application/zip",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response exportFiles(UUID id) throws IOException {
        return Response.ok(export.withFiles(export.begin(id)))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"customer-" + id + ".zip\"")
                .build();
    }

    @GET
    @Path("/erasures")
    @Operation(operationId = "listErasures", summary = "What was erased, the newest first")
    public Page<ErasureReport> list(
            @Parameter(description = "`next` of the page before") @QueryParam("cursor") String cursor,
            @QueryParam("limit") @PageLimit Integer limit) {
        return erasures.list(cursor, limit);
    }

    @GET
    @Path("/retention")
    @Operation(operationId = "getRetention", summary = "How long conversations are kept")
    public RetentionView rule() {
        return retention.rule();
    }

    @PUT
    @Path("/retention")
    @Operation(operationId = "updateRetention", summary = "Change how long conversations are kept")
    public RetentionView change(@Valid @NotNull RetentionView rule) {
        return retention.change(rule, agent());
    }

    @POST
    @Path("/retention/preview")
    @Operation(operationId = "previewRetention", summary = "What such a rule would delete; changes nothing")
    public RetentionPreview preview(@Valid @NotNull RetentionView rule) {
        return retention.due(rule);
    }

    private UUID agent() {
        return UUID.fromString(caller.getPrincipal().getName());
    }
}

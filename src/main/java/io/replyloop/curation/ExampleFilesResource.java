package io.replyloop.curation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Export and import of examples. */
@Path("/api/examples")
@RolesAllowed("admin")
@Tag(name = "Examples")
public class ExampleFilesResource {
    private final ExampleExport export;
    private final ExampleImport imports;

    ExampleFilesResource(ExampleExport export, ExampleImport imports) {
        this.export = export;
        this.imports = imports;
    }

    @GET
    @Path("/export")
    @Operation(
            operationId = "exportExamples",
            summary = "Export all examples, excluded ones too, in a format that can be imported",
            description =
                    "JSONL; CSV for spreadsheets, where what a spreadsheet would run as a formula has an apostrophe"
                            + " before it, which an import takes away; or a zipped directory that Hugging Face's datasets loads,"
                            + " with a file for each side.")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = "application/zip", schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    public Response write(@Parameter(description = "jsonl, csv or huggingface") @QueryParam("format") String format)
            throws IOException {
        ExampleFormat known = ExampleFormat.named(format);
        return Response.ok(export.write(known))
                .type(known.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + known.fileName() + "\"")
                .build();
    }

    @POST
    @Path("/imports")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "importExamples",
            summary = "Import examples, completely or not at all",
            description =
                    "The body is the file: JSONL, CSV, either of them gzipped, or a zipped directory with JSONL, up to"
                            + " 24 MB as it is sent, 64 MiB unpacked and 20,000 lines; divide what is larger. The fields are those of an export; query, reply and label"
                            + " have to be there. What is here already is not added again.")
    @APIResponse(
            responseCode = "200",
            description = "What was done, or would be",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ImportOutcome.class)))
    @APIResponse(
            responseCode = "422",
            description =
                    "The same outcome; nothing was stored, because a line is wrong. Or a problem document, if the file"
                            + " cannot be read at all")
    public Response read(
            @Parameter(description = "What the file is called") @QueryParam("name") String name,
            @Parameter(description = "Only report, store nothing") @QueryParam("dryRun") @DefaultValue("false")
                    boolean dryRun,
            @Context SecurityContext who,
            InputStream body)
            throws IOException {
        ImportOutcome outcome = imports.run(body, name, dryRun, id(who));
        return Response.status(dryRun || outcome.errors() == 0 ? 200 : 422)
                .entity(outcome)
                .build();
    }

    @GET
    @Path("/imports")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listExampleImports", summary = "Files that were imported, newest first; at most 100")
    public List<ImportedFileView> files() {
        return imports.files();
    }

    @DELETE
    @Path("/imports/{id}")
    @Operation(
            operationId = "undoExampleImport",
            summary = "Take back what a file has added",
            description =
                    "With what was done to these examples since. Snapshots stay as they are, unless told otherwise.")
    public void undo(
            @RestPath UUID id,
            @Parameter(description = "Also takes their texts out of snapshots, as the erasure of a customer does")
                    @QueryParam("erase")
                    @DefaultValue("false")
                    boolean erase,
            @Context SecurityContext who) {
        imports.undo(id, erase, id(who));
    }

    private static UUID id(SecurityContext who) {
        return UUID.fromString(who.getUserPrincipal().getName());
    }
}

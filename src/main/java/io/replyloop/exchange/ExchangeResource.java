package io.replyloop.exchange;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Import and export of the knowledge base over HTTP. */
@Path("/api/replies")
@RolesAllowed("admin")
@Tag(name = "Knowledge base")
public class ExchangeResource {
    private final KnowledgeImport imports;
    private final KnowledgeExport exports;

    ExchangeResource(KnowledgeImport imports, KnowledgeExport exports) {
        this.imports = imports;
        this.exports = exports;
    }

    @POST
    @Path("/import")
    @Consumes({
        "text/csv",
        "application/x-ndjson",
        "application/jsonl",
        MediaType.APPLICATION_JSON,
        MediaType.APPLICATION_OCTET_STREAM,
        MediaType.TEXT_PLAIN
    })
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "importReplies",
            summary = "Import replies, as a whole or not at all",
            description =
                    "The body is the file itself, plain or gzipped, at most 20 MiB and 100,000 lines. JSONL has one"
                            + " object per line with text and, if known, id, label, title, language, categories (or category or"
                            + " task), shortcode, state and questions; CSV has these as columns.")
    @APIResponse(
            responseCode = "200",
            description = "What became of each line",
            content = @Content(schema = @Schema(implementation = ImportReport.class)))
    @APIResponse(responseCode = "422", description = "The same report; nothing was stored, because a line is bad")
    public Response read(
            @Parameter(description = "jsonl or csv") @QueryParam("format") String format,
            @Parameter(description = "Report only, store nothing") @QueryParam("dryRun") @DefaultValue("false")
                    boolean dryRun,
            @Parameter(description = "Publish what names no state") @QueryParam("publish") @DefaultValue("false")
                    boolean publish,
            @Parameter(description = "Store the good lines even if there are bad ones")
                    @QueryParam("skipInvalid")
                    @DefaultValue("false")
                    boolean skipInvalid,
            @Parameter(description = "gzip, when the file is packed") @HeaderParam(HttpHeaders.CONTENT_ENCODING)
                    String encoding,
            @Context SecurityContext who,
            InputStream body) {
        FileFormat known = FileFormat.named(format);
        byte[] file = FileText.read(body, encoding);
        UUID by = UUID.fromString(who.getUserPrincipal().getName());
        ImportReport report = imports.run(file, known, new KnowledgeImport.Options(dryRun, publish, skipInvalid), by);
        return Response.status(report.stored() || dryRun ? 200 : 422)
                .entity(report)
                .build();
    }

    @GET
    @Path("/export")
    @Operation(
            operationId = "exportReplies",
            summary = "Export all replies with the questions that they have answered, as the import reads them")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    public Response write(@Parameter(description = "jsonl or csv") @QueryParam("format") String format) {
        FileFormat known = FileFormat.named(format);
        KnowledgeExport.Contents contents = exports.contents();
        StreamingOutput out = stream -> exports.write(known, contents, stream);
        return Response.ok(out)
                .type(known.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + known.fileName() + "\"")
                .build();
    }
}

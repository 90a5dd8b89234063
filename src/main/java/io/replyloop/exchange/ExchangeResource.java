package io.replyloop.exchange;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.replyloop.platform.ProblemDocument;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
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
import java.io.IOException;
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
    private final ExchangeConfig config;
    private final Vertx vertx;

    ExchangeResource(KnowledgeImport imports, KnowledgeExport exports, ExchangeConfig config, Vertx vertx) {
        this.imports = imports;
        this.exports = exports;
        this.config = config;
        this.vertx = vertx;
    }

    @POST
    @Path("/import")
    @Consumes({
        "text/csv",
        "text/tab-separated-values",
        "text/markdown",
        "application/x-ndjson",
        "application/jsonl",
        MediaType.APPLICATION_JSON,
        MediaType.APPLICATION_OCTET_STREAM,
        MediaType.TEXT_PLAIN
    })
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({"admin", "knowledge.write"})
    @Operation(
            operationId = "importReplies",
            summary = "Import replies, completely or not at all",
            description = "The body is the file itself, plain or gzipped, up to 20 MiB and 100,000 lines. JSONL has one"
                    + " object per line with text and, if known, id, label, title, language, categories (or category or"
                    + " task), shortcode, state and questions; CSV has these as columns. Column names of other"
                    + " programs, such as Question and Answer or Title and Body, are known; mapping adds others."
                    + " If the encoding or the columns can only be guessed, a dry run shows the guess; to import,"
                    + " specify them explicitly, or send the dry run's confirmation. If an"
                    + " import takes longer than 15 s, the response has status 200 and begins with spaces that keep"
                    + " the connection alive, followed by the report or a problem"
                    + " document: the body, not the status, says whether the import succeeded.")
    @APIResponse(
            responseCode = "200",
            description = "The result of each line",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ImportReport.class)))
    @APIResponse(
            responseCode = "409",
            description = "The import would differ from the confirmed dry run; nothing was stored")
    @APIResponse(
            responseCode = "422",
            description = "The same report; nothing was stored, because a line is invalid. Or a problem document with a"
                    + " 'reason', if the file cannot be read at all or only by guessing")
    public Response read(
            @Parameter(description = "jsonl, csv, markdown or auto") @QueryParam("format") String format,
            @Parameter(description = "UTF-8, UTF-16LE, UTF-16BE, windows-1252, GB18030; auto detects it")
                    @QueryParam("encoding")
                    String encoding,
            @Parameter(description = "Separator of CSV cells: comma, semicolon, tab, pipe; auto detects it")
                    @QueryParam("separator")
                    String separator,
            @Parameter(description = "Whether the first line of CSV contains the column names; auto detects it")
                    @QueryParam("header")
                    String header,
            @Parameter(
                            description =
                                    "Which column is which field, such as title=Question,text=#3; '#3' is the third"
                                            + " column, 'state=' uses none. Other fields are found by the column names")
                    @QueryParam("mapping")
                    String mapping,
            @Parameter(description = "HTML in cells: keep, or text to convert it to plain text")
                    @QueryParam("html")
                    @DefaultValue("keep")
                    String html,
            @Parameter(description = "Only report, store nothing") @QueryParam("dryRun") @DefaultValue("false")
                    boolean dryRun,
            @Parameter(description = "Publish lines without a state") @QueryParam("publish") @DefaultValue("false")
                    boolean publish,
            @Parameter(description = "Store the valid lines even if others are invalid")
                    @QueryParam("skipInvalid")
                    @DefaultValue("false")
                    boolean skipInvalid,
            @Parameter(description = "The confirmation of a dry run: import exactly what it showed, or nothing")
                    @QueryParam("confirm")
                    String confirmation,
            @Parameter(description = "gzip if the file is compressed") @HeaderParam(HttpHeaders.CONTENT_ENCODING)
                    String packing,
            @Context SecurityContext who,
            @Context HttpServerResponse answer,
            InputStream body) {
        ReadingOptions reading = ReadingOptions.parsed(format, encoding, separator, header, mapping, html);
        byte[] file = FileText.read(body, packing);
        UUID by = UUID.fromString(who.getUserPrincipal().getName());
        KnowledgeImport.Options options =
                new KnowledgeImport.Options(reading, dryRun, publish, skipInvalid, dryRun ? null : confirmation);
        try {
            ImportReport report =
                    SignsOfLife.during(() -> imports.run(file, options, by), vertx, answer, config.signOfLife());
            return Response.status(report.stored() || dryRun ? 200 : 422)
                    .entity(report)
                    .build();
        } catch (FileRefused refused) {
            return Response.status(refused.code().status())
                    .type(ProblemDocument.MEDIA_TYPE)
                    .entity(Refusal.of(refused))
                    .build();
        }
    }

    /** A problem document with the reason for a rejected file, which pages can translate. */
    record Refusal(@JsonUnwrapped ProblemDocument problem, Reason reason) {
        static Refusal of(FileRefused refused) {
            return new Refusal(ProblemDocument.of(refused.code(), refused.getMessage()), refused.reason());
        }
    }

    @GET
    @Path("/export")
    @RolesAllowed({"admin", "knowledge.read"})
    @Operation(
            operationId = "exportReplies",
            summary = "Export all replies with the questions that they have answered, in a format that can be imported")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    public Response write(@Parameter(description = "jsonl or csv") @QueryParam("format") String format)
            throws IOException {
        FileFormat known = FileFormat.named(format);
        return Response.ok(exports.write(known, exports.contents()))
                .type(known.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + known.fileName() + "\"")
                .build();
    }
}

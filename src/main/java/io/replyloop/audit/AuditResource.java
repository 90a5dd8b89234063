package io.replyloop.audit;

import io.replyloop.platform.Page;
import io.replyloop.platform.PageLimit;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit log, for admins to read. Nothing here writes one. */
@Path("/api/audit")
@RolesAllowed("admin")
@Tag(name = "Audit log")
public class AuditResource {
    private static final String WHO = "Id of the account that has acted";
    private static final String ACTOR = "account, visitor, schedule, system or command-line";
    private static final String ACTION = "An action such as reply.published, or a group of them such as reply";
    private static final String OBJECT = "The kind of what was acted on, such as site";
    private static final String ID = "The id of what was acted on";
    private static final String FROM = "The first moment that counts, such as 2026-11-29T08:00:00Z";
    private static final String TO = "The first moment that does not count any more";
    private static final String Q = "Stands in the label, in capital or small letters";
    private static final String SIGN_INS = "false leaves out who signed in and out, and wrong passwords";

    private final AuditLog log;
    private final AuditExport export;

    AuditResource(AuditLog log, AuditExport export) {
        this.log = log;
        this.export = export;
    }

    @GET
    @Operation(operationId = "listAuditEntries", summary = "What was done, the newest first")
    public Page<AuditEntryView> list(
            @Parameter(description = WHO) @QueryParam("account") UUID account,
            @Parameter(description = ACTOR) @QueryParam("actor") String actor,
            @Parameter(description = ACTION) @QueryParam("action") String action,
            @Parameter(description = OBJECT) @QueryParam("object") String object,
            @Parameter(description = ID) @QueryParam("id") String id,
            @Parameter(description = FROM) @QueryParam("from") String from,
            @Parameter(description = TO) @QueryParam("to") String to,
            @Parameter(description = Q) @QueryParam("q") String q,
            @Parameter(description = SIGN_INS) @QueryParam("signIns") Boolean signIns,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") @PageLimit Integer limit) {
        return log.list(AuditFilter.of(account, actor, action, object, id, from, to, q, signIns), cursor, limit);
    }

    @GET
    @Path("/export")
    @Operation(
            operationId = "exportAuditEntries",
            summary = "All entries that the filter selects, the newest first, as a file",
            description = "CSV for spreadsheets, where what a spreadsheet would run as a formula has an apostrophe"
                    + " before it; or JSONL, one object per line, as it is.")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    public Response write(
            @Parameter(description = "csv or jsonl") @QueryParam("format") String format,
            @Parameter(description = WHO) @QueryParam("account") UUID account,
            @Parameter(description = ACTOR) @QueryParam("actor") String actor,
            @Parameter(description = ACTION) @QueryParam("action") String action,
            @Parameter(description = OBJECT) @QueryParam("object") String object,
            @Parameter(description = ID) @QueryParam("id") String id,
            @Parameter(description = FROM) @QueryParam("from") String from,
            @Parameter(description = TO) @QueryParam("to") String to,
            @Parameter(description = Q) @QueryParam("q") String q,
            @Parameter(description = SIGN_INS) @QueryParam("signIns") Boolean signIns)
            throws IOException {
        ExportFormat known = ExportFormat.named(format);
        AuditFilter filter = AuditFilter.of(account, actor, action, object, id, from, to, q, signIns);
        return Response.ok(export.write(known, filter))
                .type(known.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + known.fileName() + "\"")
                .build();
    }
}

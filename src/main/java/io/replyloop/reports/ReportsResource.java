package io.replyloop.reports;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reports, for admins. */
@Path("/api/reports")
@RolesAllowed("admin")
@Tag(name = "Reports")
public class ReportsResource {
    private static final String FROM = "First day, such as 2026-11-01; 29 days before the last where it is missing";
    private static final String TO = "Last day; today where it is missing";
    private static final String LANGUAGE = "zh for questions with Chinese characters, other for all others";
    private static final String CATEGORY = "First category of the reply with which a question was answered";
    private static final String AGENT = "Id of the account that answered";
    private static final String TABLE = "over-time, replies, unused-replies, categories, agents, models, responses,"
            + " responses-over-time, handling, satisfaction, satisfaction-by-agent or learning";

    private final ReportService reports;
    private final ReportExport export;

    ReportsResource(ReportService reports, ReportExport export) {
        this.reports = reports;
        this.export = export;
    }

    @GET
    @RolesAllowed({"admin", "reports.read"})
    @Operation(operationId = "getReport", summary = "Count what agents did with suggestions in a period")
    public ReportView report(
            @Parameter(description = FROM) @QueryParam("from") String from,
            @Parameter(description = TO) @QueryParam("to") String to,
            @Parameter(description = LANGUAGE) @QueryParam("language") String language,
            @Parameter(description = CATEGORY) @QueryParam("category") String category,
            @Parameter(description = AGENT) @QueryParam("agent") UUID agent) {
        return reports.report(reports.filter(from, to, language, category, agent), ReportService.MOST_REPLIES);
    }

    @GET
    @Path("/export")
    @Operation(
            operationId = "exportReport",
            summary = "One table of a report as CSV",
            description =
                    "What a spreadsheet would run as a formula has an apostrophe before it. The audit log says who"
                            + " took which table.")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response write(
            @Parameter(description = TABLE) @QueryParam("table") String table,
            @Parameter(description = FROM) @QueryParam("from") String from,
            @Parameter(description = TO) @QueryParam("to") String to,
            @Parameter(description = LANGUAGE) @QueryParam("language") String language,
            @Parameter(description = CATEGORY) @QueryParam("category") String category,
            @Parameter(description = AGENT) @QueryParam("agent") UUID agent) {
        ReportTable known = ReportTable.named(table);
        return Response.ok(export.csv(known, reports.filter(from, to, language, category, agent)))
                .type("text/csv; charset=UTF-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"report-" + known.wireName() + ".csv\"")
                .build();
    }
}

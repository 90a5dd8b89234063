package io.replyloop.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.reports.SummaryView;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The last days. */
@Schema(name = "OverviewFigures")
@JsonInclude(JsonInclude.Include.NON_NULL)
record FiguresView(
        @Schema(description = "The figures of a report without filters", required = true)
        SummaryView report,

        @Schema(description = "The model that ranks; absent as long as none does")
        ModelNow model) {}

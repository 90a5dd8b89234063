package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far it is to the next useful run. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TrainingOutlook")
public record OutlookView(
        @Schema(description = "Decisions of agents that there are to learn from", examples = "340", required = true)
        long decisions,

        @Schema(
                description = "Those that the last run which came to its end has not learned from",
                examples = "34",
                required = true)
        long newDecisions,

        @Schema(description = "How many new ones the schedule waits for", examples = "50", required = true)
        long wanted,

        @Schema(
                description =
                        "How many more decisions it takes until a run is useful: until there are as many new ones as"
                                + " wanted, and as many in all as any run needs",
                examples = "16",
                required = true)
        long missingDecisions,

        @Schema(description = "What any run, by hand or by schedule, needs and does not have yet", required = true)
        List<Requirement> missing,

        @Schema(
                description = "Whether an admin can start a run all the same, to try it out",
                examples = "true",
                required = true)
        boolean mayStartAnyway,

        @Schema(description = "When the quiet hours of now end; absent while there are none")
        Instant quietUntil,

        @Schema(description = "The next five planned starts; none while the schedule is off", required = true)
        List<UpcomingStart> upcoming,

        @Schema(description = "What came of the newest 20 planned starts, the newest first", required = true)
        List<ScheduleOutcomeView> outcomes,

        @Schema(description = "Cores of the server's machine", examples = "4", required = true)
        int availableCores) {}

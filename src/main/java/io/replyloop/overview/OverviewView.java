package io.replyloop.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What goes on at this moment. */
@Schema(name = "Overview")
@JsonInclude(JsonInclude.Include.NON_NULL)
record OverviewView(
        @Schema(
                description = "Open conversations, without those that are put off and without spam",
                examples = "12",
                required = true)
        long open,

        @Schema(description = "In how many of them the customer waits for an answer", examples = "3", required = true)
        long waiting,

        @Schema(
                description =
                        "For how many seconds the one has waited who has waited longest; absent when nobody waits",
                examples = "95")
        Long longestWaitSeconds,

        @Schema(description = "Open conversations that nobody holds", examples = "2", required = true)
        long unassigned,

        @Schema(description = "Colleagues who are there", examples = "4", required = true)
        long available,

        @Schema(description = "Colleagues who say that they are away", examples = "1", required = true)
        long away,

        @Schema(description = "Colleagues of whom no console is open", examples = "6", required = true)
        long offline,

        @Schema(description = "The queue of no team, then those of the teams by name", required = true)
        List<Queue> queues,

        @Schema(description = "The first steps of a new installation", required = true)
        FirstStepsView firstSteps) {

    @Schema(name = "OverviewQueue")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Queue(
            @Schema(description = "Name of the team; absent for the queue of no team", examples = "Returns")
            String team,

            @Schema(description = "Open conversations that nobody holds", examples = "2", required = true)
            long unassigned,

            @Schema(
                    description = "In how many of the team's, held or not, the customer waits",
                    examples = "3",
                    required = true)
            long waiting) {}
}

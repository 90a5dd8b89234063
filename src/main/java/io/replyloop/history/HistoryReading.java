package io.replyloop.history;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How a file is read.
 *
 * @param separator of cells
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HistoryReading(
        @Schema(description = "Its format", examples = "zendesk", required = true)
        HistoryFormat format,

        @Schema(description = "Its encoding", examples = "UTF-8", required = true)
        String encoding,

        @Schema(description = "The separator of cells of a table", examples = ",")
        String separator,

        @Schema(description = "Which column is what, for tables and messages in JSON")
        Mapping mapping) {

    /** Which column is what, by its name, and who is an agent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "HistoryMapping")
    public record Mapping(
            @Schema(description = "The conversation that a message belongs to", examples = "ticket_id")
            String conversation,

            @Schema(description = "Who wrote it", examples = "from")
            String author,

            @Schema(description = "What was written", examples = "body")
            String text,

            @Schema(description = "When", examples = "created_at")
            String at,

            @Schema(description = "The customer of the conversation", examples = "email")
            String customer,

            @Schema(description = "Values of the author that are agents", required = true)
            List<String> agents,

            @Schema(description = "Values of the author that are bots", required = true)
            List<String> bots,

            @Schema(description = "Values of the author whose messages are left out", required = true)
            List<String> ignored,

            @Schema(description = "Values of the author that are customers", required = true)
            List<String> customers,

            @Schema(
                    description = "What everybody else is: customer, agent, or system, which is left out",
                    examples = "customer")
            String others) {
        public Mapping {
            agents = agents == null ? List.of() : List.copyOf(agents);
            bots = bots == null ? List.of() : List.copyOf(bots);
            ignored = ignored == null ? List.of() : List.copyOf(ignored);
            customers = customers == null ? List.of() : List.copyOf(customers);
        }

        /** Whether a file can be read by it. */
        @JsonIgnore
        boolean isComplete() {
            return conversation != null && author != null && text != null;
        }
    }
}

package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How agents have taken to the model that serves. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Acceptance")
public record AcceptanceView(
        @Schema(description = "Number of the model that serves", examples = "3", required = true)
        long model,

        @Schema(description = "Number of the model before it", examples = "2", required = true)
        long previous,

        @Schema(description = "Id of the model before it, to which one would roll back", required = true)
        UUID previousId,

        @Schema(
                description =
                        "too-few as long as too little was answered under either; dropped when agents reliably take"
                                + " the first suggestion less often than before; fine otherwise",
                examples = "fine",
                required = true,
                enumeration = {"too-few", "fine", "dropped"})
        String state,

        @Schema(description = "Answers under this model, the newest 300 at most", examples = "120", required = true)
        int answers,

        @Schema(description = "Answers that are needed", examples = "50", required = true)
        int answersNeeded,

        @Schema(description = "Share of answers that were the first suggestion, before", examples = "0.52")
        Double before,

        @Schema(description = "The same under this model", examples = "0.41")
        Double after,

        @Schema(description = "Where the true difference lies in 99 of 100 cases, from", examples = "-0.17")
        Double low,

        @Schema(description = "and to", examples = "-0.05") Double high) {}

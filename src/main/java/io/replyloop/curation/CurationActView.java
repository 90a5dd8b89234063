package io.replyloop.curation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What somebody has done to an example. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CurationAct")
public record CurationActView(
        @Schema(description = "Id of the act, by which it is undone", required = true)
        UUID act,

        @Schema(
                description = "corrected, excluded, included, commented or undone",
                examples = "corrected",
                required = true)
        String kind,

        @Schema(description = "Who did it", required = true) ExampleView.Author by,

        @Schema(description = "When", required = true) Instant at,

        @Schema(description = "The label before", examples = "1")
        Double labelBefore,

        @Schema(description = "The label after", examples = "0")
        Double labelAfter,

        @Schema(description = "Whether it was excluded before", examples = "false")
        Boolean excludedBefore,

        @Schema(description = "Whether it is excluded since", examples = "false")
        Boolean excludedAfter,

        @Schema(description = "What was said about it, personal data masked")
        String comment,

        @Schema(description = "Whether it has been undone", examples = "false", required = true)
        boolean undone) {
    static CurationActView of(CurationAct act, boolean undone) {
        CurationAct.State before = act.before();
        CurationAct.State after = act.after();
        return new CurationActView(
                act.act(),
                act.kind().wireName(),
                new ExampleView.Author(act.by(), act.byName()),
                act.at(),
                before == null ? null : before.label(),
                after == null ? null : after.label(),
                before == null ? null : before.excluded(),
                after == null ? null : after.excluded(),
                act.comment(),
                undone);
    }
}

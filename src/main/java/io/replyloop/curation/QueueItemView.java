package io.replyloop.curation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Examples to look at together. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CurationItem")
public record QueueItemView(
        @Schema(description = "Id of the item, until the examples are looked through again", required = true)
        UUID id,

        @Schema(
                description =
                        "Only for likely errors: how likely the reply fits, by what other conversations have taught",
                examples = "0.93")
        Double probability,

        @Schema(description = "The examples, newest first", required = true)
        List<ExampleView> examples) {}

package io.replyloop.curation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an import of examples has done, or would do. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ExampleImportOutcome")
public record ImportOutcome(
        @Schema(description = "Id of the import, by which it is undone; absent if nothing was stored")
        UUID id,

        @Schema(description = "Whether something was stored", examples = "true", required = true)
        boolean stored,

        @Schema(description = "Lines with an example", examples = "900", required = true)
        int lines,

        @Schema(description = "Examples that are new", examples = "880", required = true)
        int added,

        @Schema(description = "Examples that were here already", examples = "20", required = true)
        int known,

        @Schema(
                description = "Examples of conversations that were erased here, which do not come back",
                examples = "0",
                required = true)
        int erased,

        @Schema(
                description = "Lines with an error; if there is one, nothing is stored",
                examples = "0",
                required = true)
        int errors,

        @Schema(description = "The first 100 of them", required = true)
        List<Wrong> wrong) {

    /** A line that cannot be read. */
    @Schema(name = "ExampleImportError")
    public record Wrong(
            @Schema(
                    description = "The file in a directory; empty for a single file",
                    examples = "data/train.jsonl",
                    required = true)
            String file,

            @Schema(description = "The line in it, from 1", examples = "7", required = true)
            long line,

            @Schema(description = "The field; empty for the whole line", examples = "label", required = true)
            String field,

            @Schema(description = "What is wrong with it", examples = "is a number from 0 to 1", required = true)
            String message) {}
}

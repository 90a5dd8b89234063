package io.replyloop.curation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.dataset.ImportedExamples;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A file of examples that was imported. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ImportedExampleFile")
public record ImportedFileView(
        @Schema(description = "Id of the import", required = true)
        UUID id,

        @Schema(description = "The file's name", examples = "examples.jsonl", required = true)
        String name,

        @Schema(description = "Examples that were new then", examples = "880", required = true)
        int examples,

        @Schema(description = "Id of the account that imported it", required = true)
        UUID by,

        @Schema(description = "When", required = true) Instant at,

        @Schema(description = "When it was taken back; absent otherwise")
        Instant undoneAt) {
    static ImportedFileView of(ImportedExamples.File file) {
        return new ImportedFileView(file.id(), file.name(), file.examples(), file.by(), file.at(), file.undoneAt());
    }
}

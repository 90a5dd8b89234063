package io.replyloop.model;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.replyloop.platform.WholeNumber;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whose files are kept. The model that serves, the one before and the built-in one always keep theirs. */
@Schema(name = "ModelRetention")
public record ModelRetentionView(
        @Schema(description = "Whether files are removed by the rule", examples = "true", required = true) @NotNull
        Boolean enabled,

        @Schema(description = "So many of the newest models keep their files", examples = "10", required = true)
        @JsonDeserialize(using = WholeNumber.class)
        @NotNull
        @Min(1)
        @Max(1_000)
        Integer keepNewest,

        @Schema(
                description = "A model that was promoted within so many days keeps its files, too",
                examples = "365",
                required = true)
        @JsonDeserialize(using = WholeNumber.class)
        @NotNull
        @Min(0)
        @Max(3_650)
        Integer promotedDays) {}

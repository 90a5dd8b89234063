package io.replyloop.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A model version in the REST interface. {@code parent} is the number of the version that it was trained from. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelSummary(
        @Schema(description = "Id of the model version", required = true)
        UUID id,

        @Schema(description = "Consecutive number, for display", examples = "3", required = true)
        long number,

        @Schema(
                description = "Where it comes from: built-in, import, upload or training",
                examples = "training",
                required = true)
        String origin,

        @Schema(description = "Number of the version that it was trained from", examples = "2")
        Long parent,

        @Schema(description = "When it was registered", required = true)
        Instant createdAt,

        @Schema(
                description = "Metrics by name; a training run measures champion and challenger",
                type = SchemaType.OBJECT,
                implementation = Object.class)
        JsonNode metrics,

        @Schema(description = "Whether this version currently ranks replies", examples = "true", required = true)
        boolean serving,

        @Schema(description = "When it was last promoted") Instant promotedAt,

        @Schema(description = "Id of the admin who promoted it; absent if the application did")
        UUID promotedBy,

        @Schema(
                description =
                        "Whether this version, or one that it was trained from, has learned from customers who were"
                                + " erased later",
                examples = "false",
                required = true)
        boolean learnedFromErased,

        @Schema(description = "Id of the admin who uploaded it")
        UUID uploadedBy,

        @Schema(description = "Name of the file that was uploaded", examples = "reranker.zip")
        String uploadedFile,

        @Schema(description = "SHA-256 of that file") String archiveSha256,

        @Schema(description = "Whether its files are kept whatever the rule says", examples = "false", required = true)
        boolean pinned,

        @Schema(description = "When its files were removed by the rule; absent as long as they are there")
        Instant filesRemovedAt) {}

package io.replyloop.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a frozen dataset was made from, counted when it was frozen. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetContents(
        @Schema(description = "Answers and rejections of agents", examples = "120", required = true)
        long decisions,

        @Schema(description = "Conversations in which they were made", examples = "95", required = true)
        long conversations,

        @Schema(
                description =
                        "Decisions by how their question is written: zh in Chinese characters, other in other letters,"
                                + " none without any, such as digits and emoji alone",
                examples = "{\"other\": 100, \"zh\": 20}",
                type = SchemaType.OBJECT,
                implementation = Object.class,
                required = true)
        Map<String, Long> languages,

        @Schema(description = "The oldest decision's time") Instant from,

        @Schema(description = "The newest decision's time") Instant until,

        @Schema(
                description = "How many of the examples to learn from are of imported history; absent for runs of older"
                        + " versions",
                examples = "400")
        Long ofHistory,

        @Schema(
                description = "How many of the examples to learn from are of imported files; absent for runs of older"
                        + " versions",
                examples = "0")
        Long ofFiles) {}

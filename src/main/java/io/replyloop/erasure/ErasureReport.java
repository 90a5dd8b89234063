package io.replyloop.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What went when a customer was erased")
public record ErasureReport(
        @Schema(description = "Id of the erasure", required = true)
        UUID id,

        @Schema(description = "Id that the customer had", required = true)
        UUID customer,

        @Schema(
                description = "Who asked for it: an admin, or the time that conversations are kept",
                examples = "admin",
                required = true,
                enumeration = {"admin", "retention"})
        String trigger,

        @Schema(description = "Id of the admin") UUID requestedBy,

        @Schema(description = "What the admin is called now", examples = "Anna")
        String requestedByName,

        @Schema(description = "Why, for the team to read; may be empty", examples = "Request by mail", required = true)
        String reason,

        @Schema(
                description = "How many rows of each kind were removed, or lost their texts",
                examples = "{\"messages\": 12}",
                required = true,
                type = SchemaType.OBJECT,
                implementation = Object.class)
        JsonNode removed,

        @Schema(description = "How many snapshots lost texts", examples = "2", required = true)
        int snapshots,

        @Schema(
                description = "Numbers of the models that have learned from this customer, and keep what they learned"
                        + " until they are replaced; also those of runs that were under way",
                examples = "[3]",
                required = true)
        List<Long> models,

        @Schema(description = "When", required = true) Instant erasedAt) {}

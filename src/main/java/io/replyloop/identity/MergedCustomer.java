package io.replyloop.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A customer who was merged into another one, for agents. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MergedCustomer(
        @Schema(description = "Id of the customer", required = true)
        UUID id,

        @Schema(description = "Name, if one is known", examples = "Kim")
        String name,

        @Schema(description = "E-mail address, if one is known", examples = "kim@example.com")
        String email,

        @Schema(description = "Whether the website vouches for this customer", required = true)
        boolean vouchedFor,

        @Schema(description = "Into whom, who may have been merged into another customer since", required = true)
        UUID into,

        @Schema(description = "Name of the agent who merged them", examples = "Anna", required = true)
        String by,

        @Schema(description = "When", required = true) Instant at) {}

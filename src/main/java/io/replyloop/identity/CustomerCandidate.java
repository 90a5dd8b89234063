package io.replyloop.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.WireNames;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Somebody who may be the same person as another customer. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CustomerCandidate(
        @Schema(description = "Id of the customer", required = true)
        UUID id,

        @Schema(description = "Name, if one is known", examples = "Kim")
        String name,

        @Schema(description = "E-mail address, if one is known", examples = "kim@example.com")
        String email,

        @Schema(description = "Whether the website vouches for this customer", required = true)
        boolean vouchedFor,

        @Schema(description = "Name of the site, if it is another one", examples = "Example shop")
        String site,

        @Schema(description = "Why this customer is in the list", required = true)
        Because because,

        @Schema(description = "When this customer first wrote", required = true)
        Instant since) {
    @Schema(name = "CustomerCandidateBecause")
    public enum Because {
        /** Another site vouches for the same id. */
        SITE_ID,
        /** Both have the same mail address. */
        EMAIL,
        /** The words that were looked for. */
        WORDS;

        @JsonValue
        public String wireName() {
            return WireNames.of(this);
        }
    }
}

package io.replyloop.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is known of a customer, for agents. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CustomerProfile(
        @Schema(description = "Id of the customer", required = true)
        UUID id,

        @Schema(description = "Name, if one is known", examples = "Kim")
        String name,

        @Schema(description = "Who says so, if one is known")
        Source nameFrom,

        @Schema(description = "E-mail address, if one is known", examples = "kim@example.com")
        String email,

        @Schema(description = "Who says so, if one is known")
        Source emailFrom,

        @Schema(description = "Whether agents may correct name and address: nobody vouches for them", required = true)
        boolean correctable,

        @Schema(description = "Where the customer was last seen, if that is known")
        CustomerVisit visit,

        @Schema(
                description = "What the website says of the customer: what it vouches for first, each by name",
                required = true)
        List<CustomerAttribute> attributes,

        @Schema(description = "What the customer answered before the conversation", required = true)
        List<FormAnswer> answers,

        @Schema(description = "What the team noted, the newest first", required = true)
        List<CustomerNote> notes,

        @Schema(
                description = "Other customers who are the same person, in the order in which they were merged",
                required = true)
        List<MergedCustomer> merged) {
    /** Who says what somebody is called. */
    @Schema(name = "CustomerSource")
    public enum Source {
        /** The website vouches for it. */
        SITE,
        /** The customer typed it. */
        CUSTOMER,
        /** An agent corrected it. */
        TEAM;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

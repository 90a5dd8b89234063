package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.SignedInAgent;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who made an event. The name is empty for customers who did not say theirs. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Author(
        @Schema(description = "Customer, agent or the application itself", examples = "customer", required = true)
        AuthorKind kind,

        @Schema(description = "Id of the customer or agent") UUID id,

        @Schema(description = "Name", examples = "Anna") String name) {
    /** The application itself. */
    static final Author APPLICATION = new Author(AuthorKind.SYSTEM, null, "");

    public static Author of(CustomerIdentity customer) {
        return new Author(AuthorKind.CUSTOMER, customer.id(), customer.name() == null ? "" : customer.name());
    }

    public static Author of(SignedInAgent agent) {
        return new Author(AuthorKind.AGENT, agent.id(), agent.name());
    }
}

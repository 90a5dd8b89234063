package io.replyloop.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.SignedInAgent;
import java.util.UUID;

/** Who made an event. The name is empty for customers who did not say theirs. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Author(AuthorKind kind, UUID id, String name) {
    public static Author of(CustomerIdentity customer) {
        return new Author(AuthorKind.CUSTOMER, customer.id(), customer.name() == null ? "" : customer.name());
    }

    public static Author of(SignedInAgent agent) {
        return new Author(AuthorKind.AGENT, agent.id(), agent.name());
    }
}

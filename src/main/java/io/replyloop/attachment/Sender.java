package io.replyloop.attachment;

import io.replyloop.identity.CustomerPass;
import io.replyloop.identity.SignedInAgent;
import java.util.UUID;

/**
 * Whose file it is.
 *
 * @param pass null for agents
 */
public record Sender(UUID id, CustomerPass pass) {
    public static Sender of(SignedInAgent agent) {
        return new Sender(agent.id(), null);
    }

    public static Sender of(CustomerPass pass) {
        return new Sender(pass.customer().id(), pass);
    }

    boolean isCustomer() {
        return pass != null;
    }

    String kind() {
        return isCustomer() ? "customer" : "agent";
    }
}
